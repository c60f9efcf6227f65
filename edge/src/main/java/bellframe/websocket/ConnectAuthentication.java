package bellframe.websocket;

import bellframe.credentials.SignedRequest;
import bellframe.credentials.Signer;
import bellframe.refusals.Refused;

/// Tells who signed a request to connect; [bellframe.credentials.Authenticator#authenticateConnect] is the one that counts.
@FunctionalInterface
public interface ConnectAuthentication {

    /// Who signed the request.
    ///
    /// @throws Refused if nobody did, or not rightly
    Signer authenticate(SignedRequest request);
}
