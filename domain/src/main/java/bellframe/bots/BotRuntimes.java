package bellframe.bots;

import bellframe.outbox.DeliveryFailed;
import java.util.Map;

/// What answers for bots, which is outside.
public interface BotRuntimes {

    /// A question to a bot.
    ///
    /// @param botAliasArn the Lex V2 bot behind it, which may stand for something else that answers
    /// @param sessionId which conversation it belongs to: 2 to 100 letters, digits and `._:-`
    /// @param attributes `requestAttributes`, which say where it comes from
    record Question(String botAliasArn, String localeId, String sessionId, Map<String, String> attributes) {
    }

    /// Has a bot answer a message.
    ///
    /// @param text at most 1,024 characters
    BotReply recognize(Question question, String text) throws DeliveryFailed;

    /// Has a bot begin with an intent, as if somebody had asked for it.
    BotReply start(Question question, String intent) throws DeliveryFailed;
}
