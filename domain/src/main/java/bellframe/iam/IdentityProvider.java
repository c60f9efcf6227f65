package bellframe.iam;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// An OIDC identity provider whose tokens are taken.
///
/// @param name its URL without `https://`, which ends its ARN
/// @param clientIds the audiences that its tokens may be for
/// @param thumbprints kept and shown; certificates are checked against trusted authorities
public record IdentityProvider(
        String arn,
        String name,
        List<String> clientIds,
        List<String> thumbprints,
        Instant created,
        Map<String, String> tags) implements Entity {

    static final String SCHEME = "https://";

    public IdentityProvider {
        clientIds = List.copyOf(clientIds);
        thumbprints = List.copyOf(thumbprints);
        tags = Map.copyOf(tags);
    }

    IdentityProvider withClientIds(List<String> changed) {
        return new IdentityProvider(arn, name, changed, thumbprints, created, tags);
    }

    IdentityProvider withThumbprints(List<String> changed) {
        return new IdentityProvider(arn, name, clientIds, changed, created, tags);
    }

    IdentityProvider withTags(Map<String, String> changed) {
        return new IdentityProvider(arn, name, clientIds, thumbprints, created, changed);
    }

    /// The issuer of its tokens.
    public String url() {
        return SCHEME + name;
    }
}
