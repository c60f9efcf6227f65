package bellframe.credentials;

import bellframe.refusals.Refused;
import org.jspecify.annotations.Nullable;

/// Finds access keys by their id.
@FunctionalInterface
public interface AccessKeys {

    /// The key as it is now; null if there is none, or it is disabled, or the token is not one that goes with it.
    ///
    /// @param sessionToken what temporary credentials have beside the key pair; null for a long-lived key
    /// @throws Refused with [bellframe.refusals.Refusal#EXPIRED_TOKEN] if it was a temporary one and its time is over
    @Nullable
    AccessKey find(String accessKeyId, @Nullable String sessionToken);
}
