package bellframe.bots;

import org.jspecify.annotations.Nullable;

/// What a bot says.
///
/// @param messages the array of messages in JSON, with the names that clients of bots know (`Content`, `ContentType`,
///        `ImageResponseCard`): `[]` if it says nothing
/// @param intentName the intent that the conversation is about; null if none is
/// @param intentState how far that is, for example `InProgress`; null if it is not told
/// @param originatingRequestId which request began it, as the bot tells; null if it does not
/// @param sessionId which conversation it belongs to
public record BotReply(
        String messages,
        @Nullable String intentName,
        @Nullable String intentState,
        @Nullable String originatingRequestId,
        String sessionId) {

    /// Leaves out what was said.
    @Override
    public String toString() {
        return "BotReply[" + sessionId + "]";
    }
}
