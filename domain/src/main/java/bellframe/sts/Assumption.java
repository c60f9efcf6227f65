package bellframe.sts;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How somebody wants to assume a role.
///
/// @param duration how long; null for an hour, or as long as the role allows if that is less
/// @param policy cuts down what the role's policies allow, as JSON; null for all of it
/// @param tags of the session
/// @param transitiveTagKeys which of them go on to roles that are assumed from the session
/// @param externalId what a trust policy may ask for, so that a service assumes no role for the wrong customer
/// @param sourceIdentity who is behind the session
public record Assumption(
        String roleArn,
        String sessionName,
        @Nullable Duration duration,
        @Nullable String policy,
        Map<String, String> tags,
        List<String> transitiveTagKeys,
        @Nullable String externalId,
        @Nullable String sourceIdentity) {
}
