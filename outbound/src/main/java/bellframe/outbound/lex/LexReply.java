package bellframe.outbound.lex;

import bellframe.bots.BotReply;
import bellframe.outbound.json.JsonValue;
import org.jspecify.annotations.Nullable;

/// What Lex answers, whichever operation was called, or a webhook in its place.
final class LexReply {

    private LexReply() {
    }

    /// @param messages an array as Lex has it; something else is as good as an empty one
    /// @param sessionState an object as Lex has it; something else says nothing
    /// @param sessionId null if the answer does not say
    /// @param asked the session that was asked for
    static BotReply of(JsonValue messages, JsonValue sessionState, @Nullable String sessionId, String asked) {
        JsonValue intent = sessionState.get("intent");
        return new BotReply(BotMessages.of(messages), intent.get("name").text(), intent.get("state").text(),
                sessionState.get("originatingRequestId").text(), sessionId == null ? asked : sessionId);
    }
}
