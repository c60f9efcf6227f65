package bellframe.messages;

import bellframe.channels.ChannelHead;
import bellframe.channels.ChannelHeads;
import bellframe.channels.Standing;
import bellframe.names.Position;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives each message of a channel a position above all positions given before, and keeps that order on the way into
/// the store.
///
/// A position is the later of the clock and the tick (1 µs) after the channel's last position, so a clock that steps back
/// stops time in a channel but never turns its order round. One lock per channel covers giving the position and handing
/// the batch to the store, nothing slower.
public final class Sequencer {

    private static final Logger log = LoggerFactory.getLogger(Sequencer.class);

    /// A clock this far behind a channel's last position is worth telling somebody.
    private static final Duration CLOCK_LAG_TOLERATED = Duration.ofSeconds(5);

    /// How long a channel without messages is kept in memory; far longer than any commit takes, so that whoever loads
    /// the channel's head anew finds every position that was given.
    private static final Duration KEPT = Duration.ofHours(1);

    private final ChannelHeads heads;
    private final InstantSource clock;
    private final Counter clockLags;
    private final Cache<String, Turn> turns;

    public Sequencer(ChannelHeads heads, InstantSource clock, MeterRegistry meters) {
        this.heads = heads;
        this.clock = clock;
        this.clockLags = meters.counter("bellframe.clock.lags");
        this.turns = Caffeine.newBuilder()
                .expireAfterAccess(KEPT)
                .ticker(Ticker.systemTicker())
                .executor(Runnable::run)
                .build();
    }

    /// The channel's turn-taker, loaded from the store on first use.
    Turn turn(String incarnation) {
        return turns.get(incarnation, channel -> new Turn(channel, heads.find(channel)));
    }

    /// Gives no position in a channel any more, which is gone. A channel that nobody sends to need not be known for that:
    /// whoever takes its turn for the first time looks afterwards whether it is still there.
    void close(String incarnation) {
        turns.asMap().computeIfPresent(incarnation, (_, turn) -> {
            turn.close();
            return turn;
        });
    }

    /// One channel's order.
    final class Turn {

        private final String incarnation;
        private final ReentrantLock lock = new ReentrantLock();
        private Position last;
        private @Nullable Position lastForAll;
        /// Of the bucket before that of the last position: whether messages may lie there.
        private boolean bucketBeforeUsed;
        /// Whether the clock was too far behind when it was last looked at; said once, not with every message.
        private boolean lagging;
        /// Set by whoever commits, which must not wait for whoever holds the lock.
        private volatile long recordedBucket;
        private boolean closed;

        private Turn(String incarnation, @Nullable ChannelHead head) {
            this.incarnation = incarnation;
            this.last = head == null ? new Position(0) : head.last();
            this.lastForAll = head == null ? null : head.lastForAll();
            this.bucketBeforeUsed = head != null;
            this.recordedBucket = head == null ? -1 : head.last().bucket();
        }

        /// Takes the next position and, still in its turn, does with it what must happen in order.
        ///
        /// @throws bellframe.refusals.Refused with [bellframe.refusals.Refusal#NOT_ALLOWED] if the channel is gone
        <T> T next(Function<Position, T> inOrder) {
            lock.lock();
            try {
                Standing.require(!closed);
                return inOrder.apply(advance());
            } finally {
                lock.unlock();
            }
        }

        /// Gives no position any more: the channel is gone.
        private void close() {
            lock.lock();
            try {
                closed = true;
            } finally {
                lock.unlock();
            }
        }

        /// The buckets of this channel that tokens are looked for in: that of the next position, below which no position is
        /// given any more, and the one before it, if messages may lie there.
        List<Long> recentBuckets() {
            lock.lock();
            try {
                long bucket = following(Position.at(clock.instant())).bucket();
                return isUsedBefore(bucket) ? List.of(bucket, bucket - 1) : List.of(bucket);
            } finally {
                lock.unlock();
            }
        }

        /// Whether messages may lie in the bucket before this one, which is not below that of the last position.
        private boolean isUsedBefore(long bucket) {
            return bucket == last.bucket() ? bucketBeforeUsed : bucket - 1 == last.bucket();
        }

        /// What the head becomes with a message at `position`; call it in turn.
        ///
        /// @param forAll whether every member may see the message
        ChannelHead headAt(Position position, boolean forAll) {
            if (forAll) {
                lastForAll = position;
            }
            return new ChannelHead(position, lastForAll);
        }

        /// Shows a message that was held back to every member: does with the head, in turn, what must happen in order if it
        /// changes by that.
        void show(Position position, Consumer<ChannelHead> inOrder) {
            lock.lock();
            try {
                Standing.require(!closed);
                if (lastForAll == null || position.compareTo(lastForAll) > 0) {
                    inOrder.accept(new ChannelHead(last, position));
                    lastForAll = position;
                }
            } finally {
                lock.unlock();
            }
        }

        /// Whether the position's bucket is not known to be on disk yet; call it in turn.
        boolean isNewBucket(Position position) {
            return position.bucket() != recordedBucket;
        }

        /// The bucket is on disk; call it in commit order, which is the order of positions.
        void recorded(Position position) {
            recordedBucket = position.bucket();
        }

        private Position advance() {
            var now = Position.at(clock.instant());
            noteLag(last.micros() - now.micros());
            Position next = following(now);
            bucketBeforeUsed = isUsedBefore(next.bucket());
            last = next;
            return next;
        }

        /// The position that comes behind the last one, if the clock says this.
        private Position following(Position now) {
            return now.compareTo(last) > 0 ? now : last.next();
        }

        private void noteLag(long lagMicros) {
            boolean laggedBefore = lagging;
            lagging = lagMicros > CLOCK_LAG_TOLERATED.toNanos() / 1_000;
            if (lagging) {
                clockLags.increment();
            }
            if (lagging && !laggedBefore) {
                log.warn("the clock is {} ms behind the last message of channel {}", lagMicros / 1_000, incarnation);
            }
        }
    }
}
