package bellframe.sts;

import bellframe.credentials.Origin;
import bellframe.iam.IdentityProvider;
import bellframe.policy.PolicyContext;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What trust policies may ask about somebody who shows the token of an identity provider: `<provider>:aud`, `<provider>:sub`
/// and the like.
final class WebIdentityFacts implements PolicyContext {

    private final WebIdentity identity;
    private final IdentityProvider provider;
    private final Origin origin;
    private final Instant now;
    private final String claimPrefix;

    WebIdentityFacts(IdentityTokens.Verified verified, Origin origin, Instant now) {
        this.identity = verified.identity();
        this.provider = verified.provider();
        this.origin = origin;
        this.now = now;
        this.claimPrefix = provider.name().toLowerCase(Locale.ROOT) + ":";
    }

    @Override
    public List<String> values(String key) {
        if (key.startsWith(claimPrefix)) {
            return claim(key.substring(claimPrefix.length()));
        }
        return switch (key) {
            case "aws:federatedprovider" -> List.of(provider.arn());
            case "aws:sourceip" -> List.of(origin.address());
            case "aws:securetransport" -> List.of(Boolean.toString(origin.secure()));
            case "aws:useragent" -> value(origin.userAgent());
            case "aws:currenttime" -> List.of(now.toString());
            case "aws:epochtime" -> List.of(Long.toString(now.getEpochSecond()));
            default -> List.of();
        };
    }

    /// On AWS, `aud` is `azp` where a token has it; here each means itself, and `aud` the audience that was accepted.
    private List<String> claim(String name) {
        return switch (name) {
            case "aud" -> List.of(identity.audience());
            case "sub" -> List.of(identity.subject());
            default -> identity.claims().getOrDefault(name, List.of());
        };
    }

    private static List<String> value(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }
}
