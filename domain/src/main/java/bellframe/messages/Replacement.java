package bellframe.messages;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a processor of a channel flow makes of a message; null leaves things as they are.
record Replacement(
        @Nullable String content,
        @Nullable String metadata,
        @Nullable String contentType,
        @Nullable Map<String, List<String>> attributes,
        @Nullable PushNotification push) {

    static final Replacement NONE = new Replacement(null, null, null, null, null);

    /// Checks the sizes, as those of a message that is sent.
    ///
    /// @throws bellframe.refusals.Refused with [bellframe.refusals.Refusal#INVALID_INPUT]
    void check() {
        NewMessage.requireSizes(Message.Type.STANDARD, content, metadata);
        NewMessage.require(attributes == null ? Map.of() : attributes, push);
    }
}
