package bellframe.sessions;

import bellframe.channels.Channel;
import bellframe.channels.Channels;
import bellframe.channels.MemberRecords;
import bellframe.channels.Memberships;
import bellframe.messages.MessageHistory;
import bellframe.names.UserArn;
import bellframe.rows.Pages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Chooses which of a user's channels to tell it about first.
///
/// What it costs grows with the number of channels and not with that of their messages, and it remembers no more than
/// [#CONSIDERED_MAX] of them at a time.
final class ChannelChoice {

    /// How many of the channels that look best are looked at closely: who sent the last message takes reading it.
    static final int CONSIDERED_MAX = 500;

    private static final int READ_ROWS = 500;

    private static final Comparator<Candidate> BY_TIME = Comparator.comparing(Candidate::last);
    private static final Comparator<Candidate> UNREAD_THEN_TIME = Comparator.comparing(Candidate::newSinceRead)
            .thenComparing(BY_TIME);

    /// @param last when the last message was created; the channel's creation if there is none
    /// @param newSinceRead whether that was after the user last read
    private record Candidate(Channel channel, Instant last, @Nullable Instant readMarker, boolean newSinceRead) {
    }

    private final Channels channels;
    private final Memberships memberships;
    private final MessageHistory history;
    private final MemberRecords<Instant> readMarkers;

    ChannelChoice(Channels channels, Memberships memberships, MessageHistory history,
            MemberRecords<Instant> readMarkers) {
        this.channels = channels;
        this.memberships = memberships;
        this.history = history;
        this.readMarkers = readMarkers;
    }

    /// The user's channels, or the `limit` of them that come first in this order, which they have here too.
    List<Channel> choose(UserArn user, PrefetchOrder order, int limit) {
        Comparator<Candidate> ascending = switch (order) {
            case UNREAD -> UNREAD_THEN_TIME;
            case LAST_MESSAGE_TIMESTAMP -> BY_TIME;
        };
        List<Candidate> best = best(user, ascending);
        boolean all = best.size() <= limit;
        List<Candidate> ordered = all || order == PrefetchOrder.LAST_MESSAGE_TIMESTAMP ? best : unreadFirst(user, best);
        return ordered.stream().limit(limit).map(Candidate::channel).toList();
    }

    private List<Candidate> best(UserArn user, Comparator<Candidate> ascending) {
        var best = new PriorityQueue<>(ascending);
        Pages.forEach(cursor -> memberships.channelsOf(user, cursor, READ_ROWS), reference -> {
            Channel channel = channels.find(reference);
            if (channel != null && memberships.find(channel.incarnation(), user) != null) {
                best.add(candidate(channel, user));
                if (best.size() > CONSIDERED_MAX) {
                    best.remove();
                }
            }
        });
        return best.stream().sorted(ascending.reversed()).toList();
    }

    private Candidate candidate(Channel channel, UserArn user) {
        Instant last = history.lastForViewer(channel, user);
        Instant readMarker = readMarkers.find(channel.incarnation(), user);
        boolean newSinceRead = last != null && (readMarker == null || last.isAfter(readMarker));
        return new Candidate(channel, last == null ? channel.created() : last, readMarker, newSinceRead);
    }

    /// Puts those whose new messages are all the user's own behind those with messages to read.
    private List<Candidate> unreadFirst(UserArn user, List<Candidate> candidates) {
        var unread = new ArrayList<Candidate>();
        var others = new ArrayList<Candidate>();
        for (Candidate candidate : candidates) {
            boolean hasUnread = candidate.newSinceRead()
                    && history.hasUnread(candidate.channel(), user, candidate.readMarker());
            (hasUnread ? unread : others).add(candidate);
        }
        others.sort(BY_TIME.reversed());
        unread.addAll(others);
        return unread;
    }
}
