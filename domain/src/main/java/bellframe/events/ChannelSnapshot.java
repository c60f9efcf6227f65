package bellframe.events;

import bellframe.names.Identity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A channel as it was when something happened, with names in place of bare ARNs.
///
/// @param mode `UNRESTRICTED` or `RESTRICTED`
/// @param privacy `PUBLIC` or `PRIVATE`
/// @param flowArn the channel flow of its messages; null for none
/// @param expiry null for never
/// @param lastMessage when the last message that every member may see was created; null if there is none
public record ChannelSnapshot(
        String arn,
        String name,
        String mode,
        String privacy,
        @Nullable String metadata,
        @Nullable String flowArn,
        @Nullable Expiry expiry,
        Identity createdBy,
        Instant created,
        Instant updated,
        @Nullable Instant lastMessage) {

    /// When the channel is to be deleted by itself.
    ///
    /// @param criterion `CREATED_TIMESTAMP` or `LAST_MESSAGE_TIMESTAMP`
    public record Expiry(int days, String criterion) {
    }
}
