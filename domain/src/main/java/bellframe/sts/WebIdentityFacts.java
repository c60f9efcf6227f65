package bellframe.sts;

import bellframe.credentials.Circumstances;
import bellframe.iam.IdentityProvider;
import bellframe.policy.PolicyContext;
import java.util.List;
import java.util.Locale;

/// What trust policies may ask about somebody who shows the token of an identity provider: `<provider>:aud`, `<provider>:sub`
/// and the like.
final class WebIdentityFacts implements PolicyContext {

    private final WebIdentity identity;
    private final IdentityProvider provider;
    private final Circumstances circumstances;
    private final String claimPrefix;

    WebIdentityFacts(IdentityTokens.Verified verified, Circumstances circumstances) {
        this.identity = verified.identity();
        this.provider = verified.provider();
        this.circumstances = circumstances;
        this.claimPrefix = provider.name().toLowerCase(Locale.ROOT) + ":";
    }

    @Override
    public List<String> values(String key) {
        if (key.startsWith(claimPrefix)) {
            return claim(key.substring(claimPrefix.length()));
        }
        return key.equals("aws:federatedprovider") ? List.of(provider.arn()) : circumstances.values(key);
    }

    /// On AWS, `aud` is `azp` where a token has it; here each means itself, and `aud` the audience that was accepted.
    private List<String> claim(String name) {
        return switch (name) {
            case "aud" -> List.of(identity.audience());
            case "sub" -> List.of(identity.subject());
            default -> identity.claims().getOrDefault(name, List.of());
        };
    }
}
