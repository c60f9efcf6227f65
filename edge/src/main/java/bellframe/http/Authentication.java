package bellframe.http;

import bellframe.credentials.SignedRequest;
import bellframe.credentials.SignedService;
import bellframe.credentials.Signer;
import bellframe.refusals.Refused;

/// Tells who signed a request; [bellframe.credentials.Authenticator#authenticate] is the one that counts.
@FunctionalInterface
public interface Authentication {

    /// Who signed the request.
    ///
    /// @param service what it must be signed for
    /// @throws Refused if nobody did, or not rightly
    Signer authenticate(SignedRequest request, SignedService service);
}
