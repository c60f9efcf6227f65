package bellframe.outbound.lex;

import bellframe.bots.BotForbidden;
import bellframe.bots.BotReply;
import bellframe.bots.BotRuntimes;
import bellframe.outbound.aws.AwsAccess;
import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.calls.FirstUse;
import bellframe.outbox.DeliveryFailed;

/// Asks bots of Lex V2. Safe for use by many threads.
public final class LexBots implements BotRuntimes {

    private final FirstUse<LexRuntimes, RuntimeException> runtimes;

    /// Calls nobody before the first question.
    ///
    /// @param access which is not made before that, and must allow the hosts of the service `runtime-v2-lex`
    public LexBots(FirstUse<AwsAccess, RuntimeException> access, AwsEndpoint endpoint) {
        this.runtimes = new FirstUse<>(() -> new LexRuntimes(access.get(), endpoint));
    }

    @Override
    public BotReply recognize(Question question, String text) throws DeliveryFailed, BotForbidden {
        return runtimes.get().recognize(alias(question), question, text);
    }

    @Override
    public BotReply start(Question question, String intent) throws DeliveryFailed, BotForbidden {
        return runtimes.get().start(alias(question), question, intent);
    }

    private static BotAliasArn alias(Question question) throws DeliveryFailed {
        return BotAliasArn.parse(question.botAliasArn())
                .orElseThrow(() -> DeliveryFailed.permanentFailure("the bot's ARN is not one of an alias of Lex V2"));
    }
}
