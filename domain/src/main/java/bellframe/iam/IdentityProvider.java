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

    /// The issuer of its tokens.
    public String url() {
        return SCHEME + name;
    }
}
