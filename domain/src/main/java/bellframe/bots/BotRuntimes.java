package bellframe.bots;

import bellframe.outbox.DeliveryFailed;
import java.util.Map;

/// What answers for bots, which is outside.
public interface BotRuntimes {

    /// A question to a bot.
    ///
    /// @param id stays the same when the question is asked again
    /// @param botAliasArn the Lex V2 bot behind it, which may stand for something else that answers
    /// @param sessionId which conversation it belongs to: 2 to 100 letters, digits and `._:-`
    /// @param attributes `requestAttributes`, which say where it comes from
    record Question(
            String id,
            String botAliasArn,
            String localeId,
            String sessionId,
            Map<String, String> attributes) {
    }

    /// Has a bot answer a message.
    ///
    /// @param text at most 1,024 characters
    /// @throws BotForbidden if this server may not ask the bot
    /// @throws DeliveryFailed if there is no answer for another reason
    BotReply recognize(Question question, String text) throws DeliveryFailed, BotForbidden;

    /// Has a bot begin with an intent, as if somebody had asked for it.
    ///
    /// @throws BotForbidden if this server may not ask the bot
    /// @throws DeliveryFailed if there is no answer for another reason
    BotReply start(Question question, String intent) throws DeliveryFailed, BotForbidden;
}
