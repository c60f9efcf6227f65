package bellframe.sts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whom a verified token is about.
///
/// @param issuer the URL of the provider
/// @param audience the registered client id that the token is for
/// @param claims every claim that is a string or a list of strings, for the conditions of policies
/// @param principalTags the session tags that the provider attached
/// @param transitiveTagKeys those of the tags that later sessions inherit; not every one need be among the tags
/// @param expires when the token does; just past for one that was taken for the sake of clocks that differ
/// @param name how the provider calls the user
public record WebIdentity(
        String issuer,
        String subject,
        String audience,
        Map<String, List<String>> claims,
        Map<String, String> principalTags,
        List<String> transitiveTagKeys,
        Instant expires,
        @Nullable String name) {

    public WebIdentity {
        claims = Map.copyOf(claims);
        principalTags = Map.copyOf(principalTags);
        transitiveTagKeys = List.copyOf(transitiveTagKeys);
    }

    /// Claims may hold what is nobody's business, and this ends up in logs.
    @Override
    public String toString() {
        return "WebIdentity[" + subject + " of " + issuer + "]";
    }
}
