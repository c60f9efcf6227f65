package bellframe.bots;

import bellframe.channels.JoinOutlets;
import bellframe.channels.MemberChannel;
import bellframe.identity.AppInstanceBot;
import bellframe.identity.AppInstanceBots;
import bellframe.names.UserArn;
import bellframe.outbox.Outlet;
import java.util.List;

/// Which bots say something when they are added to a channel: those with a welcome intent.
public final class BotWelcomes implements JoinOutlets {

    private final AppInstanceBots bots;

    public BotWelcomes(AppInstanceBots bots) {
        this.bots = bots;
    }

    @Override
    public List<Outlet> of(MemberChannel channel, UserArn member) {
        AppInstanceBot bot = member.kind() == UserArn.Kind.BOT ? bots.find(member) : null;
        return bot == null || bot.lex().welcomeIntent() == null ? List.of() : List.of(BotLanes.outlet(channel, bot));
    }
}
