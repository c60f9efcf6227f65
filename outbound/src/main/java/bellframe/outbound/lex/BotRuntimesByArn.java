package bellframe.outbound.lex;

import bellframe.bots.BotForbidden;
import bellframe.bots.BotReply;
import bellframe.bots.BotRuntimes;
import bellframe.outbox.DeliveryFailed;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Chooses what answers for a bot: its webhook if it has one, else Lex.
///
/// @param withWebhook ARNs of bot aliases that webhooks answer for
/// @param webhooks null if there are none
/// @param lex null if Lex is not asked
public record BotRuntimesByArn(Set<String> withWebhook, @Nullable BotRuntimes webhooks, @Nullable BotRuntimes lex)
        implements
            BotRuntimes {

    public BotRuntimesByArn {
        withWebhook = Set.copyOf(withWebhook);
    }

    @Override
    public BotReply recognize(Question question, String text) throws DeliveryFailed, BotForbidden {
        return chosen(question).recognize(question, text);
    }

    @Override
    public BotReply start(Question question, String intent) throws DeliveryFailed, BotForbidden {
        return chosen(question).start(question, intent);
    }

    private BotRuntimes chosen(Question question) throws DeliveryFailed {
        BotRuntimes chosen = withWebhook.contains(question.botAliasArn()) ? webhooks : lex;
        if (chosen == null) {
            throw DeliveryFailed.permanentFailure("nothing is configured that answers for " + question.botAliasArn());
        }
        return chosen;
    }
}
