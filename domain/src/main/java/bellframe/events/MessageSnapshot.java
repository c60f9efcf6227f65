package bellframe.events;

import bellframe.names.Identity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message as it was when something happened to it.
///
/// @param type `STANDARD` or `CONTROL`
/// @param content null once redacted or deleted
/// @param edited when its content last changed; null if never
/// @param status `SENT`, `PENDING`, `FAILED` or `DENIED`
/// @param statusDetail why it failed; null if it did not
/// @param attributes the values of each message attribute, by name; empty if none
/// @param target the member that alone, beside the sender, may see the message; null for everybody
public record MessageSnapshot(
        String channelArn,
        String messageId,
        String type,
        boolean persistent,
        @Nullable String content,
        @Nullable String metadata,
        @Nullable String contentType,
        Map<String, List<String>> attributes,
        @Nullable String target,
        Identity sender,
        boolean redacted,
        Instant created,
        Instant updated,
        @Nullable Instant edited,
        String status,
        @Nullable String statusDetail) {
}
