package bellframe.bots;

import bellframe.channels.Channel;
import bellframe.channels.ChannelBots;
import bellframe.identity.AppInstanceBot;
import bellframe.identity.AppInstanceBots;
import bellframe.messages.MessageExport;
import bellframe.messages.MessageOutlets;
import bellframe.names.UserArn;
import bellframe.outbox.Outlet;
import java.util.List;

/// Which bots a message invokes.
///
/// Messages of bots invoke none, so that two bots never talk to each other for ever; nor do edits, and CONTROL messages.
public final class BotTriggers implements MessageOutlets {

    /// The message attribute that names bots.
    private static final String MENTIONS = "CHIME.mentions";

    private final AppInstanceBots bots;
    private final ChannelBots channelBots;

    public BotTriggers(AppInstanceBots bots, ChannelBots channelBots) {
        this.bots = bots;
        this.channelBots = channelBots;
    }

    @Override
    public List<Outlet> of(Channel channel, Event event) {
        if (event.kind() != MessageExport.Kind.CREATE || !event.standard()
                || event.sender().kind() == UserArn.Kind.BOT) {
            return List.of();
        }
        UserArn target = event.target();
        if (target != null) {
            AppInstanceBot bot = bots.find(target);
            return bot == null || !bot.lex().targeted()
                    ? List.of()
                    : List.of(BotLanes.outlet(channel.reference(), bot));
        }
        ChannelBots.Company company = channelBots.of(channel.incarnation());
        return company.bots().isEmpty() ? List.of() : outlets(channel, event, company);
    }

    private List<Outlet> outlets(Channel channel, Event event, ChannelBots.Company company) {
        return company.bots()
                .stream()
                .map(bots::find)
                .filter(bot -> bot != null && isInvoked(bot, event, company))
                .map(bot -> BotLanes.outlet(channel.reference(), bot))
                .toList();
    }

    private static boolean isInvoked(AppInstanceBot bot, Event event, ChannelBots.Company company) {
        return switch (bot.lex().standard()) {
            case ALL -> true;
            case AUTO -> company.isOneBeside(bot.arn()) || isMentioned(bot, event);
            case MENTIONS -> isMentioned(bot, event);
            case NONE -> false;
        };
    }

    private static boolean isMentioned(AppInstanceBot bot, Event event) {
        return event.attributes().getOrDefault(MENTIONS, List.of()).contains(bot.arn().toString());
    }
}
