package bellframe.sessions;

import bellframe.channels.Channel;
import bellframe.channels.Channels;
import bellframe.channels.MemberRecords;
import bellframe.channels.Membership;
import bellframe.channels.Memberships;
import bellframe.events.MessageSnapshot;
import bellframe.identity.Actors;
import bellframe.messages.MessageHistory;
import bellframe.messages.Messages;
import bellframe.names.Identity;
import bellframe.names.UserArn;
import bellframe.rows.Page;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what a client gets that asks for the details of its channels when it connects.
public final class Prefetch {

    /// How many channels a client is told about.
    static final int CHANNELS_MAX = 50;
    private static final int MESSAGES_MAX = 20;
    private static final int MEMBERS_MAX = 30;

    private final ChannelChoice choice;
    private final Channels channels;
    private final Memberships memberships;
    private final MemberRecords<Instant> readMarkers;
    private final Messages messages;
    private final Actors actors;

    public Prefetch(Channels channels, Memberships memberships, MemberRecords<Instant> readMarkers, Messages messages,
            MessageHistory history, Actors actors) {
        this.choice = new ChannelChoice(channels, memberships, history, readMarkers);
        this.channels = channels;
        this.memberships = memberships;
        this.readMarkers = readMarkers;
        this.messages = messages;
        this.actors = actors;
    }

    /// The channels to tell a user about, at most [#CHANNELS_MAX].
    List<Channel> choose(UserArn user, PrefetchOrder order) {
        return choice.choose(user, order, CHANNELS_MAX);
    }

    /// What there is to tell about a channel now; null if it is gone or the user has left it.
    @Nullable
    ChannelDetails details(Channel chosen, UserArn user) {
        Channel channel = channels.find(chosen.reference());
        String incarnation = chosen.incarnation();
        if (channel == null || memberships.find(incarnation, user) == null) {
            return null;
        }
        Page<MessageSnapshot> newest = messages.newest(channel, user, MESSAGES_MAX);
        List<Identity> members = memberships.list(incarnation, Membership.Type.DEFAULT, null, MEMBERS_MAX)
                .items()
                .stream()
                .map(membership -> actors.identity(membership.member()))
                .toList();
        return new ChannelDetails(channels.snapshot(channel, user), newest.items(), newest.next() != null, members,
                readMarkers.find(incarnation, user));
    }
}
