package bellframe.testing;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.sts.TokenIssuer;
import bellframe.sts.WebIdentities;
import bellframe.sts.WebIdentity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Takes the tokens that a test gives out, for whom the test says.
public final class TestIdentities implements WebIdentities {

    private final Map<String, WebIdentity> identities = new ConcurrentHashMap<>();

    /// Gives out a token.
    public String token(WebIdentity identity) {
        String token = "token " + identities.size();
        identities.put(token, identity);
        return token;
    }

    @Override
    public String issuerOf(String token) {
        return identity(token).issuer();
    }

    @Override
    public WebIdentity verify(TokenIssuer provider, String token) {
        WebIdentity identity = identity(token);
        if (!provider.url().equals(identity.issuer())) {
            throw new Refused(Refusal.INVALID_IDENTITY_TOKEN);
        }
        if (!provider.clientIds().contains(identity.audience())) {
            throw new Refused(Refusal.IDP_REJECTED_CLAIM);
        }
        return identity;
    }

    private WebIdentity identity(String token) {
        WebIdentity identity = identities.get(token);
        if (identity == null) {
            throw new Refused(Refusal.INVALID_IDENTITY_TOKEN);
        }
        return identity;
    }
}
