package bellframe.sts;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;

/// Verifies the tokens of identity providers.
public interface WebIdentities {

    /// The issuer that an unverified token names, to find the registered provider by.
    ///
    /// @throws Refused with [Refusal#INVALID_IDENTITY_TOKEN] if the text is no signed JSON Web Token that names one
    String issuerOf(String token);

    /// Whom the token is about, once everything it says is verified.
    ///
    /// @param provider who must have issued it
    /// @throws Refused with [Refusal#INVALID_IDENTITY_TOKEN]; with [Refusal#EXPIRED_IDENTITY_TOKEN]; with
    ///         [Refusal#IDP_REJECTED_CLAIM] if it is for another audience; with [Refusal#IDP_COMMUNICATION_ERROR] if the
    ///         provider's keys are not to be had now
    WebIdentity verify(TokenIssuer provider, String token);
}
