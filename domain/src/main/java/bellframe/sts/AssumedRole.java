package bellframe.sts;

import org.jspecify.annotations.Nullable;

/// What came of assuming a role.
///
/// @param arn of the session
/// @param id of the role, a colon, and the session's name
/// @param packedSizePercent how much of what a session token holds is used
public record AssumedRole(
        TemporaryCredentials credentials,
        String arn,
        String id,
        int packedSizePercent,
        @Nullable String sourceIdentity) {
}
