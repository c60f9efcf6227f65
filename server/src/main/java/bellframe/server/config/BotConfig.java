package bellframe.server.config;

import bellframe.outbound.Receivers;
import bellframe.outbound.lex.BotAliasArn;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What answers for bots. [Setting] says what each component means.
///
/// @param webhooks URLs by the ARN of an alias of a Lex V2 bot
public record BotConfig(@Nullable String lexEndpoint, Map<String, String> webhooks) {

    public BotConfig {
        webhooks = ReceiverUrls.inOrder(webhooks);
        webhooks.keySet().forEach(arn -> Setting.BOT_WEBHOOKS.require(BotAliasArn.parse(arn).isPresent(), arn));
    }

    void require(ReceiverUrls urls) {
        urls.requireEndpoint(Setting.LEX_ENDPOINT, lexEndpoint);
        webhooks.values().forEach(url -> urls.require(Setting.BOT_WEBHOOKS, url));
    }

    Receivers.Bots receivers() {
        return new Receivers.Bots(ReceiverUrls.endpoint(lexEndpoint), ReceiverUrls.addresses(webhooks));
    }
}
