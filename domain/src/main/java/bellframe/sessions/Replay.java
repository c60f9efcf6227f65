package bellframe.sessions;

import bellframe.changes.Change;
import bellframe.changes.ChangeLog;
import bellframe.changes.Gap;
import bellframe.changes.Missed;
import bellframe.changes.MissedEvents;
import bellframe.channels.Channel;
import bellframe.channels.Channels;
import bellframe.channels.MemberChannel;
import bellframe.channels.Memberships;
import bellframe.channels.MissedChannels;
import bellframe.messages.MissedMessages;
import bellframe.names.UserArn;
import bellframe.rows.Page;
import bellframe.storage.Batch;
import bellframe.storage.Storage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds what a user missed of all its channels.
///
/// What it costs grows with the number of the user's channels and with what happened in them meanwhile.
public final class Replay {

    private static final int READ_ROWS = 500;

    /// What came of looking.
    sealed interface Outcome {

        /// Everything that was missed, in order.
        record Found(List<Missed> events) implements Outcome {
        }

        record NotReplayed(GapReason reason) implements Outcome {
        }
    }

    private final Storage storage;
    private final ChangeLog changes;
    private final Channels channels;
    private final Memberships memberships;
    private final MissedChannels missedChannels;
    private final MissedMessages missedMessages;
    private final int eventsMax;

    /// @param eventsMax how many events a client is told at most
    public Replay(Storage storage, ChangeLog changes, Channels channels, Memberships memberships,
            MissedChannels missedChannels,
            MissedMessages missedMessages, int eventsMax) {
        this.storage = storage;
        this.changes = changes;
        this.channels = channels;
        this.memberships = memberships;
        this.missedChannels = missedChannels;
        this.missedMessages = missedMessages;
        this.eventsMax = eventsMax;
    }

    /// What happened to a user and its channels within a gap, all of which has been committed.
    ///
    /// @param coverage what the user has been told up to the gap
    Outcome find(UserArn user, Gap gap, Coverage coverage) {
        if (gap.after().isAfter(gap.upTo())) {
            return new Outcome.NotReplayed(GapReason.UNKNOWN_POSITION);
        }
        if (isTooOld(gap)) {
            return new Outcome.NotReplayed(GapReason.TOO_OLD);
        }
        if (gap.isEmpty()) {
            return new Outcome.Found(List.of());
        }
        var missed = new MissedEvents(gap, eventsMax);
        Set<String> gone = findInChannels(user, missed, coverage);
        // Looked at behind the channels: what leaves those comes here.
        missedChannels.findLeft(user, gone, missed);
        // Batches are written in order: whatever was seen of later events has been published then.
        storage.commit(new Batch());
        // Asked again, for what is too old goes while this looks for it.
        if (isTooOld(gap)) {
            return new Outcome.NotReplayed(GapReason.TOO_OLD);
        }
        return missed.isTooMany()
                ? new Outcome.NotReplayed(GapReason.TOO_MANY)
                : new Outcome.Found(missed.inOrder());
    }

    private boolean isTooOld(Gap gap) {
        return changes.keptSince().isAfter(gap.after());
    }

    /// @return the incarnations of those channels that are gone and were looked at
    private Set<String> findInChannels(UserArn user, MissedEvents missed, Coverage coverage) {
        Set<String> gone = new HashSet<>();
        byte[] cursor = null;
        do {
            Page<MemberChannel> page = memberships.channelsOf(user, cursor, READ_ROWS);
            for (MemberChannel reference : page.items()) {
                Channel channel = channels.find(reference);
                if (channel == null) {
                    if (missedChannels.findGone(reference, missed)) {
                        gone.add(reference.incarnation());
                    }
                } else if (memberships.find(channel.incarnation(), user) != null) {
                    find(channel, user, missed, coverage);
                }
            }
            cursor = page.next();
        } while (cursor != null && !missed.isTooMany());
        return gone;
    }

    private void find(Channel channel, UserArn user, MissedEvents missed, Coverage coverage) {
        String incarnation = channel.incarnation();
        List<Change> log = missed.read(changes, incarnation);
        MissedChannels.Stay stay = missedChannels.asMember(user, missed.gap(), log);
        if (stay != null && (stay.beginsWithJoin() || coverage.reaches(incarnation))) {
            coverage.add(incarnation);
            // Who has left meanwhile is told that later, and no more until then.
            MissedEvents ofMember = missed.within(stay.part(), () -> memberships.find(incarnation, user) != null,
                    () -> coverage.remove(incarnation));
            missedChannels.find(channel, user, log, ofMember);
            missedMessages.find(channel, user, log, ofMember);
        }
    }
}
