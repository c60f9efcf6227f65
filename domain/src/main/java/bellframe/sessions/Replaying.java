package bellframe.sessions;

import bellframe.changes.Gap;
import bellframe.changes.Missed;
import bellframe.events.ChannelEvent;
import bellframe.events.EventDispatcher;
import bellframe.names.EventPosition;
import bellframe.names.UserArn;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Tells clients that come back what they missed, and then lets them have events as they come, without a gap and without
/// a repetition.
///
/// What was missed is told in rounds: while a client is told, more happens. When little is left, the client's events are
/// held from one position on, what it missed up to there is told, and then what was held.
final class Replaying {

    /// How few events a round must have found for the next to be the last.
    private static final int FEW_EVENTS = 100;
    /// After so many rounds the next is the last, however much the one before has found.
    private static final int ROUNDS_MAX = 10;
    /// How much is on its way to one client at a time.
    private static final int SENT_AT_ONCE_EVENTS = 50;
    private static final int SENT_AT_ONCE_BYTES = 32 * 1_024;

    /// A client that comes back.
    interface Client {

        Connection connection();

        /// Sends frames, which the client keeps its own hold on.
        ///
        /// @return completed once the last has left, or will not
        CompletableFuture<@Nullable Void> send(List<Frame> frames);

        /// Holds the events of the client.
        ///
        /// @return the position after which they are held
        CompletableFuture<EventPosition> hold();

        /// Lets the client have some of the events that were held; with the last of them it begins to get events as they come.
        ///
        /// @return completed once they have left, with whether they were the last
        CompletableFuture<Boolean> goOn(int atOnce);

        /// Tells the client that it is not told what it missed, and lets it have events as they come.
        CompletableFuture<@Nullable Void> giveUp(GapReason reason);
    }

    private final Replay replay;
    private final EventDispatcher events;
    private final FrameEncoder encoder;
    private final Telling telling;
    private final MeterRegistry meters;

    Replaying(Replay replay, EventDispatcher events, FrameEncoder encoder, Telling telling, MeterRegistry meters) {
        this.replay = replay;
        this.events = events;
        this.encoder = encoder;
        this.telling = telling;
        this.meters = meters;
    }

    /// Tells a client what it missed; when this returns, it gets events as they come, or is gone.
    ///
    /// @param after the position of the last event it has seen; null if what it gave is none
    /// @return false if the client was told that it is not told
    boolean tell(UserArn user, @Nullable EventPosition after, Client client) throws InterruptedException {
        if (after == null) {
            return giveUp(client, GapReason.UNKNOWN_POSITION);
        }
        EventPosition from = after;
        var coverage = new Coverage();
        boolean last = false;
        for (int round = 1; client.connection().isOpen(); round++) {
            var gap = new Gap(from, last ? Telling.await(client.hold()) : events.told());
            switch (telling.read(() -> replay.find(user, gap, coverage))) {
                case Replay.Outcome.NotReplayed(var reason) -> {
                    return giveUp(client, reason);
                }
                case Replay.Outcome.Found(var missed) -> {
                    send(missed, client);
                    if (last) {
                        goOn(client);
                        return true;
                    }
                    last = missed.size() <= FEW_EVENTS || round == ROUNDS_MAX;
                }
            }
            if (!gap.isEmpty()) {
                coverage.next();
            }
            from = gap.upTo();
        }
        return true;
    }

    private void goOn(Client client) throws InterruptedException {
        boolean done = false;
        while (!done && client.connection().isOpen()) {
            done = Telling.await(client.goOn(SENT_AT_ONCE_EVENTS));
        }
        count("replayed");
    }

    private boolean giveUp(Client client, GapReason reason) throws InterruptedException {
        Telling.await(client.giveUp(reason));
        count(reason.name().toLowerCase(Locale.ROOT));
        return false;
    }

    private void send(List<Missed> missed, Client client) throws InterruptedException {
        Iterator<Missed> rest = missed.iterator();
        while (rest.hasNext() && client.connection().isOpen()) {
            List<Frame> frames = telling.read(() -> frames(rest));
            try {
                if (!frames.isEmpty()) {
                    Telling.await(client.send(frames));
                }
            } finally {
                frames.forEach(Frame::release);
            }
        }
    }

    /// The next events, as many as are sent at once.
    private List<Frame> frames(Iterator<Missed> missed) {
        var texts = new ArrayList<byte[]>();
        int bytes = 0;
        while (missed.hasNext() && texts.size() < SENT_AT_ONCE_EVENTS && bytes < SENT_AT_ONCE_BYTES) {
            Missed next = missed.next();
            ChannelEvent event = next.event().get();
            if (event != null) {
                byte[] text = EventShapes.encode(event, next.position());
                bytes += text.length;
                texts.add(text);
            }
        }
        return texts.stream().map(encoder::encode).toList();
    }

    private void count(String outcome) {
        meters.counter("bellframe.session.replays", "outcome", outcome).increment();
    }
}
