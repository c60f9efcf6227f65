package bellframe.sts;

import bellframe.iam.Entities;
import bellframe.iam.IdentityProvider;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;

/// Takes the tokens of registered identity providers.
public final class IdentityTokens {

    private static final String SCHEME = "https://";

    /// Whom a token is about, and who says so.
    public record Verified(WebIdentity identity, IdentityProvider provider) {
    }

    private final WebIdentities identities;
    private final Entities<IdentityProvider> providers;

    public IdentityTokens(WebIdentities identities, Entities<IdentityProvider> providers) {
        this.identities = identities;
        this.providers = providers;
    }

    /// Whom a token is about.
    ///
    /// @throws Refused with [Refusal#INVALID_IDENTITY_TOKEN], also if nobody registered its issuer, and what
    ///         [WebIdentities#verify] throws
    public Verified verify(String token) {
        IdentityProvider provider = provider(identities.issuerOf(token));
        var issuer = new TokenIssuer(provider.url(), provider.clientIds());
        return new Verified(identities.verify(issuer, token), provider);
    }

    private IdentityProvider provider(String issuer) {
        IdentityProvider provider = issuer.startsWith(SCHEME)
                ? providers.find(issuer.substring(SCHEME.length()))
                : null;
        if (provider == null) {
            throw new Refused(Refusal.INVALID_IDENTITY_TOKEN,
                    "No OpenIDConnect provider found in your account for the issuer of the token");
        }
        return provider;
    }
}
