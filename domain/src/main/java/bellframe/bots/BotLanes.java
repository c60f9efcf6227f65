package bellframe.bots;

import bellframe.channels.MemberChannel;
import bellframe.identity.AppInstanceBot;
import bellframe.names.UserArn;
import bellframe.outbox.LaneName;
import bellframe.outbox.OutboxEntry;
import bellframe.outbox.OutboxKind;
import bellframe.outbox.Outlet;

/// What a bot is asked in a channel is a lane of the outbox, so that it is asked in the order of the channel, and no bot waits
/// for another.
final class BotLanes {

    private BotLanes() {
    }

    static Outlet outlet(MemberChannel channel, AppInstanceBot bot) {
        return new Outlet(new LaneName(OutboxKind.BOT, channel.incarnation(), bot.arn().toString()),
                bot.lex().botAliasArn());
    }

    /// The bot that an entry is for.
    static UserArn bot(OutboxEntry entry) {
        return UserArn.parse(entry.lane().branch()).orElseThrow();
    }
}
