package bellframe.changes;

import bellframe.names.EventPosition;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Batch;
import bellframe.storage.Commits;
import bellframe.storage.Key;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Gives every stored event a position above all positions given before, also by earlier runs of the server, and keeps
/// that order on the way into the store: events are committed, and so told, in the order of their positions.
///
/// A position is the later of the clock and the tick (1 µs) after the last one. Up to where positions may have been given
/// is stored ahead of giving them, so that a clock which stepped back while the server was down repeats none.
public final class EventOrder {

    private static final int ROW_VERSION = 1;
    private static final Key PARTITION = Key.of("event-order");
    private static final Key RESERVED = Key.of("reserved");
    private static final long RESERVED_AHEAD_MICROS = Duration.ofMinutes(1).toNanos() / 1_000;

    /// On its way to the store, or there.
    private record Reservation(EventPosition upTo, CompletableFuture<Boolean> commit) {
    }

    private final Storage storage;
    private final InstantSource clock;
    private final EventPosition start;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by lock.
    private EventPosition last;
    private EventPosition reserved;
    private @Nullable Reservation next;

    /// Goes on behind every position that earlier runs can have given.
    public EventOrder(Storage storage, InstantSource clock) {
        this.storage = storage;
        this.clock = clock;
        byte[] row = storage.get(Table.META, PARTITION, RESERVED);
        start = row == null
                ? EventPosition.at(clock.instant())
                : new EventPosition(new RowReader(row, ROW_VERSION).number());
        last = start;
        reserved = start;
        next = begin(start.or(EventPosition.at(clock.instant())).plus(RESERVED_AHEAD_MICROS));
    }

    /// At or above every position that was given before this run, and below those of this run.
    public EventPosition start() {
        return start;
    }

    /// Takes the next position and, still in its turn, submits the event with it.
    public <T> T next(Function<EventPosition, T> submit) {
        return next(1, submit);
    }

    /// Takes the next positions and, still in their turn, submits the events with them.
    ///
    /// @param count how many events there are, at least 1
    /// @param submit gets the first of their positions, which follow each other without a hole
    public <T> T next(int count, Function<EventPosition, T> submit) {
        lock.lock();
        try {
            EventPosition first = last.plus(1).or(EventPosition.at(clock.instant()));
            EventPosition end = first.plus(count - 1L);
            reserve(end);
            last = end;
            return submit.apply(first);
        } finally {
            lock.unlock();
        }
    }

    /// The time in positions: no position given from now on is below this one.
    public EventPosition now() {
        lock.lock();
        try {
            return last.plus(1).or(EventPosition.at(clock.instant()));
        } finally {
            lock.unlock();
        }
    }

    /// Makes sure that the store knows that positions up to `end` may be given. It is told in good time, so that only the
    /// first event for a minute, or after the clock leapt, has to wait for it.
    private void reserve(EventPosition end) {
        settle(end);
        if (next == null && end.plus(RESERVED_AHEAD_MICROS / 2).isAfter(reserved)) {
            next = begin(end.plus(RESERVED_AHEAD_MICROS));
            settle(end);
        }
    }

    /// Takes note of a reservation that is through, or must be waited for. One that failed is of no matter while there is
    /// another.
    private void settle(EventPosition end) {
        Reservation pending = next;
        boolean needed = end.isAfter(reserved);
        if (pending == null || !(needed || pending.commit().isDone())) {
            return;
        }
        next = null;
        if (needed || !pending.commit().isCompletedExceptionally()) {
            Commits.await(pending.commit());
            reserved = pending.upTo();
        }
    }

    private Reservation begin(EventPosition upTo) {
        byte[] row = new RowWriter(ROW_VERSION).number(upTo.micros()).toBytes();
        return new Reservation(upTo, storage.submit(new Batch().put(Table.META, PARTITION, RESERVED, row), () -> {
        }));
    }
}
