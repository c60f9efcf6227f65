package bellframe.retention;

import bellframe.channels.ChannelHeads;
import bellframe.channels.Channels;
import bellframe.channels.MemberChannel;
import bellframe.identity.AppInstanceBots;
import bellframe.identity.AppInstances;
import bellframe.identity.AppInstanceUsers;
import bellframe.messages.Messages;
import bellframe.names.AppInstanceArn;
import bellframe.names.ChannelArn;
import bellframe.names.UserArn;
import bellframe.purges.Purge;

/// Removes what was deleted, whatever it is, with the services that know its rows.
public final class Removal implements Purger {

    private final AppInstances appInstances;
    private final AppInstanceUsers users;
    private final AppInstanceBots bots;
    private final Channels channels;
    private final ChannelHeads heads;
    private final Messages messages;

    public Removal(AppInstances appInstances, AppInstanceUsers users, AppInstanceBots bots, Channels channels,
            ChannelHeads heads, Messages messages) {
        this.appInstances = appInstances;
        this.users = users;
        this.bots = bots;
        this.channels = channels;
        this.heads = heads;
        this.messages = messages;
        appInstances.onPurge(appInstance -> channels.forEachAtOnce(appInstance, this::purge));
    }

    @Override
    public boolean isGone(Purge purge) {
        return switch (purge.kind()) {
            case APP_INSTANCE -> appInstances.isGone(appInstance(purge));
            case APP_INSTANCE_USER -> users.isGone(actor(purge));
            case APP_INSTANCE_BOT -> bots.isGone(actor(purge));
            case CHANNEL -> channels.isGone(channel(purge));
        };
    }

    @Override
    public void purge(Purge purge) {
        switch (purge.kind()) {
            case APP_INSTANCE -> appInstances.purge(appInstance(purge));
            case APP_INSTANCE_USER -> users.purge(actor(purge));
            case APP_INSTANCE_BOT -> bots.purge(actor(purge));
            case CHANNEL -> purge(channel(purge));
        }
    }

    private void purge(MemberChannel channel) {
        channels.bury(channel);
        messages.close(channel.incarnation());
        channels.purge(channel, heads);
    }

    private static AppInstanceArn appInstance(Purge purge) {
        return AppInstanceArn.parse(purge.arn()).orElseThrow();
    }

    private static UserArn actor(Purge purge) {
        return UserArn.parse(purge.arn()).orElseThrow();
    }

    private static MemberChannel channel(Purge purge) {
        return new MemberChannel(ChannelArn.parse(purge.arn()).orElseThrow(), purge.incarnation());
    }
}
