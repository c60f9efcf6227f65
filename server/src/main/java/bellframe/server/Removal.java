package bellframe.server;

import bellframe.channels.MemberChannel;
import bellframe.names.AppInstanceArn;
import bellframe.names.ChannelArn;
import bellframe.names.UserArn;
import bellframe.purges.Purge;
import bellframe.retention.Purger;

/// What has to go, across the domain's packages, when something was deleted.
final class Removal implements Purger {

    private final Domain domain;

    Removal(Domain domain) {
        this.domain = domain;
    }

    @Override
    public boolean isGone(Purge purge) {
        return switch (purge.kind()) {
            case APP_INSTANCE -> domain.appInstances().isGone(appInstance(purge));
            case APP_INSTANCE_USER -> domain.users().isGone(actor(purge));
            case APP_INSTANCE_BOT -> domain.bots().isGone(actor(purge));
            case CHANNEL -> domain.channels().isGone(channel(purge));
        };
    }

    @Override
    public void purge(Purge purge) {
        switch (purge.kind()) {
            case APP_INSTANCE -> purge(appInstance(purge));
            case APP_INSTANCE_USER -> domain.users().purge(actor(purge));
            case APP_INSTANCE_BOT -> domain.bots().purge(actor(purge));
            case CHANNEL -> purge(channel(purge));
        }
    }

    private void purge(AppInstanceArn appInstance) {
        domain.channels().forEach(appInstance, this::purge);
        domain.flows().purgeAll(appInstance);
        domain.users().purgeAll(appInstance);
        domain.bots().purgeAll(appInstance);
        domain.admins().purgeAll(appInstance);
        domain.retentions().remove(appInstance);
        domain.streaming().remove(appInstance);
        domain.appInstances().removeTags(appInstance);
    }

    private void purge(MemberChannel channel) {
        domain.messages().close(channel.incarnation());
        domain.channels().purge(channel, domain.heads());
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
