package bellframe.channels;

import bellframe.changes.Change;
import bellframe.changes.ChangeLog;
import bellframe.changes.Gap;
import bellframe.changes.MissedEvents;
import bellframe.events.ChannelEvent;
import bellframe.events.MembershipSnapshot;
import bellframe.names.ChannelArn;
import bellframe.names.EventPosition;
import bellframe.names.UserArn;
import bellframe.rows.Records;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what somebody missed of its channels and their members.
///
/// Whoever was away is told of a membership once and as it is now. Of a channel it has left, or that is gone, it is told
/// that and nothing else.
public final class MissedChannels {

    private static final int VERSION = 1;

    /// The part of a gap for which somebody was a member.
    ///
    /// @param beginsWithJoin whether it begins with joining, rather than with the gap
    public record Stay(Gap part, boolean beginsWithJoin) {
    }

    /// That somebody became a member.
    ///
    /// @param with the first position of those who became members in the same event
    private record Join(EventPosition position, UserArn member, EventPosition with, boolean hidden) {

        static Join of(Change change) {
            var reader = new RowReader(change.what(), VERSION);
            return new Join(change.position(), UserArn.parse(reader.text()).orElseThrow(),
                    new EventPosition(reader.number()), reader.flag());
        }

        boolean isSecretTo(UserArn viewer) {
            return hidden && !member.equals(viewer);
        }
    }

    private final Channels channels;
    private final ChannelRecords records;
    private final Memberships memberships;
    private final ChangeLog changes;

    public MissedChannels(Channels channels, ChannelRecords records, Memberships memberships, ChangeLog changes) {
        this.channels = channels;
        this.records = records;
        this.memberships = memberships;
        this.changes = changes;
    }

    /// Notes that users became members, at positions that follow each other.
    ///
    /// @param asOne whether they are told as one event
    static void noteJoined(Batch batch, String incarnation, List<Membership> joined, EventPosition first,
            boolean asOne) {
        for (int i = 0; i < joined.size(); i++) {
            EventPosition position = first.plus(i);
            noteJoined(batch, incarnation, joined.get(i), position, asOne ? first : position);
        }
    }

    /// @param with the first position of those who became members in the same event
    private static void noteJoined(Batch batch, String incarnation, Membership membership, EventPosition position,
            EventPosition with) {
        byte[] what = new RowWriter(VERSION).text(membership.member().toString())
                .number(with.micros())
                .flag(membership.isHidden())
                .toBytes();
        ChangeLog.note(batch, incarnation, new Change(position, Change.Kind.MEMBER_JOINED, what));
    }

    static void noteLeft(Batch batch, MemberChannel channel, Membership membership, EventPosition position) {
        byte[] row = ChannelTables.row(membership);
        ChangeLog.note(batch, channel.incarnation(), new Change(position, Change.Kind.MEMBER_LEFT, row));
        ChangeLog.note(batch, membership.member().toString(), new Change(position, Change.Kind.CHANNEL_LEFT,
                new RowWriter(VERSION).bytes(ChannelTables.row(channel)).bytes(row).toBytes()));
    }

    /// That a channel is gone, as it is noted for each of its members; null if it is not, or they were not told.
    static @Nullable Change deletion(Channel channel) {
        EventPosition told = channel.told();
        if (told == null || !channel.deleted()) {
            return null;
        }
        return new Change(told, Change.Kind.CHANNEL_DELETED, new RowWriter(VERSION).text(channel.arn().toString())
                .bytes(ChannelTables.row(channel))
                .toBytes());
    }

    /// The part of a gap at whose end the user had belonged to a channel, of which it is a member now, without a break;
    /// null if it did not belong to it then.
    ///
    /// @param log what happened in the channel from the beginning of the gap until now, in order
    public @Nullable Stay asMember(UserArn user, Gap gap, List<Change> log) {
        List<Change> own = log.stream().filter(change -> isOf(user, change)).toList();
        if (own.isEmpty()) {
            return new Stay(gap, false);
        }
        if (isLeave(own.getLast())) {
            // It has left since it was seen to be a member.
            return null;
        }
        Change lastWithin = own.stream()
                .filter(change -> gap.contains(change.position()))
                .reduce((_, later) -> later)
                .orElse(null);
        if (lastWithin == null) {
            // Who joins behind the gap, without having left before, was no member in it.
            return isLeave(own.getFirst()) ? new Stay(gap, false) : null;
        }
        return isLeave(lastWithin) ? null : new Stay(gap.from(Join.of(lastWithin).with()), true);
    }

    private static boolean isLeave(Change change) {
        return change.kind() == Change.Kind.MEMBER_LEFT;
    }

    private static boolean isOf(UserArn user, Change change) {
        return switch (change.kind()) {
            case MEMBER_JOINED -> Join.of(change).member().equals(user);
            case MEMBER_LEFT -> ChannelTables.membership(change.what()).member().equals(user);
            default -> false;
        };
    }

    /// Adds what happened to a channel of the user's and its members.
    ///
    /// @param log what happened in the channel in the gap, and behind it, in order
    public void find(Channel channel, UserArn user, List<Change> log, MissedEvents missed) {
        EventPosition told = channel.told();
        if (told != null) {
            missed.add(told, () -> updated(channel));
        }
        Map<EventPosition, List<Join>> joins = new HashMap<>();
        Set<UserArn> seen = new HashSet<>();
        for (Change change : missed.lastFirst(log)) {
            switch (change.kind()) {
                case MEMBER_JOINED -> {
                    var join = Join.of(change);
                    if (!join.isSecretTo(user) && seen.add(join.member())) {
                        joins.computeIfAbsent(join.with(), _ -> new ArrayList<>()).addFirst(join);
                    }
                }
                case MEMBER_LEFT -> {
                    Membership former = ChannelTables.membership(change.what());
                    if (!isSecret(former, user) && seen.add(former.member())) {
                        missed.add(change.position(), () -> left(channel.reference(), user, former));
                    }
                }
                default -> {
                    // Of messages, which others tell about.
                }
            }
        }
        for (List<Join> together : joins.values()) {
            EventPosition position = together.getLast().position();
            if (together.stream().anyMatch(join -> join.member().equals(user))) {
                missed.addBeginning(position, () -> joined(channel, user, together));
            } else {
                missed.add(position, () -> joined(channel, user, together));
            }
        }
    }

    /// Adds that a channel is gone, if its own row is still there to tell.
    ///
    /// @return whether it is
    public boolean findGone(MemberChannel reference, MissedEvents missed) {
        Records.Stored<Channel> stored = records.read(reference.arn());
        if (stored == null || !stored.value().incarnation().equals(reference.incarnation())) {
            return false;
        }
        Channel channel = stored.value();
        EventPosition told = channel.told();
        if (channel.deleted() && told != null) {
            missed.add(told, () -> deleted(channel));
        }
        return true;
    }

    /// Adds of which channels the user is a member no more.
    ///
    /// @param told the incarnations of channels whose end has been looked at
    public void findLeft(UserArn user, Set<String> told, MissedEvents missed) {
        Set<String> seen = new HashSet<>(told);
        for (Change change : missed.lastFirst(missed.read(changes, user.toString()))) {
            var reader = new RowReader(change.what(), VERSION);
            switch (change.kind()) {
                case CHANNEL_LEFT -> {
                    MemberChannel channel = ChannelTables.memberChannel(reader.bytes());
                    Membership former = ChannelTables.membership(reader.bytes());
                    if (seen.add(channel.incarnation())) {
                        // Also if it has come back since: what it knew of the channel before does not hold any more.
                        missed.add(change.position(), () -> left(channel, former));
                    }
                }
                case CHANNEL_DELETED -> {
                    Channel channel = ChannelTables.channel(ChannelArn.parse(reader.text()).orElseThrow(),
                            reader.bytes());
                    if (seen.add(channel.incarnation())) {
                        missed.add(change.position(), () -> deleted(channel));
                    }
                }
                default -> throw new IllegalStateException(change.kind() + " in the log of a user");
            }
        }
    }

    private @Nullable ChannelEvent updated(Channel channel) {
        Channel now = channels.find(channel.reference());
        return now == null ? null : new ChannelEvent.ChannelUpdated(now.incarnation(), channels.snapshot(now));
    }

    /// @return null if none of them is a member now, or the viewer was one of them and is not
    private @Nullable ChannelEvent joined(Channel channel, UserArn viewer, List<Join> together) {
        List<MembershipSnapshot> present = new ArrayList<>();
        for (Join join : together) {
            Membership membership = memberships.find(channel.incarnation(), join.member());
            if (membership == null && join.member().equals(viewer)) {
                return null;
            }
            if (membership != null && !isSecret(membership, viewer)) {
                present.add(memberships.snapshot(channel.arn().toString(), membership));
            }
        }
        return switch (present.size()) {
            case 0 -> null;
            case 1 -> new ChannelEvent.MembershipCreated(channel.incarnation(), present.getFirst());
            default -> new ChannelEvent.MembershipsCreated(channel.incarnation(), present);
        };
    }

    private @Nullable ChannelEvent left(MemberChannel channel, UserArn viewer, Membership former) {
        Membership now = memberships.find(channel.incarnation(), former.member());
        return now != null && !isSecret(now, viewer) ? null : left(channel, former);
    }

    private ChannelEvent left(MemberChannel channel, Membership former) {
        return new ChannelEvent.MembershipDeleted(channel.incarnation(),
                memberships.snapshot(channel.arn().toString(), former));
    }

    private ChannelEvent deleted(Channel channel) {
        return new ChannelEvent.ChannelDeleted(channel.incarnation(), channels.snapshotOfGone(channel));
    }

    private static boolean isSecret(Membership membership, UserArn viewer) {
        return membership.isHidden() && !membership.member().equals(viewer);
    }
}
