package bellframe.http;

import bellframe.credentials.SignedRequest;
import bellframe.refusals.Refused;

/// Tells who signed a request; [bellframe.credentials.Authenticator#authenticate] is the one that counts.
@FunctionalInterface
public interface Authentication {

    /// The ARN of the principal that signed the request.
    ///
    /// @throws Refused if nobody did, or not rightly
    String authenticate(SignedRequest request);
}
