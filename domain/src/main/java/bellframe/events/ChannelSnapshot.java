package bellframe.events;

import bellframe.names.Identity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A channel as it was when something happened, with names in place of bare ARNs.
///
/// @param mode `UNRESTRICTED` or `RESTRICTED`
/// @param privacy `PUBLIC` or `PRIVATE`
public record ChannelSnapshot(
        String arn,
        String name,
        String mode,
        String privacy,
        @Nullable String metadata,
        Identity createdBy,
        Instant created,
        Instant updated,
        @Nullable Instant lastMessage) {
}
