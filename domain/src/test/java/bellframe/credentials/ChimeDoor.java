package bellframe.credentials;

import java.time.InstantSource;

/// An authenticator as the Chime services use it; it tells the ARN of the principal.
final class ChimeDoor {

    private final Authenticator authenticator;

    ChimeDoor(AccessKeys keys, AcceptedRegions regions, InstantSource clock) {
        this.authenticator = new Authenticator(keys, regions, clock);
    }

    String authenticate(SignedRequest request) {
        return authenticator.authenticate(request, SignedService.CHIME).principal().arn();
    }

    String authenticateConnect(SignedRequest request) {
        return authenticator.authenticateConnect(request).principal().arn();
    }
}
