package bellframe.channels;

import bellframe.names.UserArn;
import bellframe.rows.Page;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds channels by who belongs to them. Hidden members are as if they were not there.
public final class ChannelSearch {

    /// How many channels are looked at for one page, which is short if few of them match.
    private static final int LOOKED_AT_MAX = 250;

    /// Whom a channel must have.
    ///
    /// @param users at least one
    /// @param nobodyElse whether the channel must have no other members
    public record Members(Set<UserArn> users, boolean nobodyElse) {
    }

    private final Channels channels;
    private final Memberships memberships;

    public ChannelSearch(Channels channels, Memberships memberships) {
        this.channels = channels;
        this.memberships = memberships;
    }

    /// The channels that match all conditions, in a stable order.
    ///
    /// @param wanted at least one
    /// @param viewer who must belong to the channel too, hidden or not; null if it does not matter
    public Page<Channel> find(List<Members> wanted, @Nullable UserArn viewer, byte @Nullable [] cursor, int limit) {
        UserArn someone = wanted.getFirst().users().iterator().next();
        return Page.matching(cursor, limit, LOOKED_AT_MAX,
                (from, rows) -> memberships.channelsOf(someone, from, rows),
                reference -> match(reference, wanted, viewer));
    }

    private @Nullable Channel match(MemberChannel reference, List<Members> wanted, @Nullable UserArn viewer) {
        Channel channel = channels.find(reference);
        boolean matches = channel != null
                && (viewer == null || memberships.find(reference.incarnation(), viewer) != null)
                && wanted.stream().allMatch(members -> has(reference.incarnation(), members));
        return matches ? channel : null;
    }

    private boolean has(String incarnation, Members wanted) {
        return wanted.users().stream().allMatch(user -> isShown(incarnation, user))
                && (!wanted.nobodyElse() || countUpTo(incarnation, wanted.users().size() + 1) == wanted.users().size());
    }

    private boolean isShown(String incarnation, UserArn user) {
        Membership membership = memberships.find(incarnation, user);
        return membership != null && !membership.isHidden();
    }

    private int countUpTo(String incarnation, int limit) {
        int count = 0;
        byte[] cursor = null;
        do {
            Page<Membership> page = memberships.list(incarnation, Membership.Type.DEFAULT, cursor, limit - count);
            count += page.items().size();
            cursor = page.next();
        } while (cursor != null && count < limit);
        return count;
    }
}
