package bellframe.outbox;

import bellframe.names.EventPosition;
import bellframe.storage.Commits;
import bellframe.storage.Storage;
import bellframe.storage.StorageFailure;
import bellframe.storage.StorageUnavailable;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands over the entries of one kind: each lane's one after the other, by one thread at a time, many lanes at once.
final class Handover {

    private static final Logger log = LoggerFactory.getLogger(Handover.class);
    /// What a crash may have handed over again, at most, of one lane.
    private static final int READ_ROWS = 64;
    private static final Duration RETRY_AFTER_FAULT = Duration.ofSeconds(1);

    /// What all kinds have in common.
    ///
    /// @param visible the highest number up to which every entry can be read, for entries are written in order
    record Shared(
            Storage storage,
            OutboxTables tables,
            Workers workers,
            Supplier<EventPosition> visible,
            InstantSource clock,
            RandomGenerator random,
            MeterRegistry meters) {
    }

    private final OutboxKind kind;
    private final RetryPolicy policy;
    private final Delivery delivery;
    private final Receivers receivers;
    private final Shared shared;
    private final Lanes lanes = new Lanes(this::quiet);
    private final AtomicLong waiting = new AtomicLong();
    private final Semaphore slots;
    /// Whether it is known how many entries earlier runs left. Nothing is handed over before, so that none is removed that
    /// has not been counted.
    private volatile boolean counted;

    Handover(OutboxKind kind, RetryPolicy policy, Delivery delivery, Receivers receivers, Shared shared) {
        this.kind = kind;
        this.policy = policy;
        this.delivery = delivery;
        this.receivers = receivers;
        this.shared = shared;
        this.slots = new Semaphore(policy.lanesAtOnce());
    }

    Lanes lanes() {
        return lanes;
    }

    Receivers receivers() {
        return receivers;
    }

    /// How many entries wait.
    AtomicLong waiting() {
        return waiting;
    }

    /// Takes up what earlier runs left.
    ///
    /// @param earlier at or above the number of every entry of earlier runs, and below those of this run
    void takeUp(EventPosition earlier) {
        try {
            var left = new AtomicLong();
            shared.tables()
                    .forEachLane(kind,
                            (lane, place) -> left.addAndGet(shared.tables().count(lane, place, earlier)));
            waiting.addAndGet(left.get());
            counted = true;
        } catch (RuntimeException failure) {
            lookAgain(failure, () -> takeUp(earlier));
            return;
        }
        lookForMissed();
    }

    private void lookForMissed() {
        try {
            shared.tables().forEachLane(kind, (lane, _) -> lanes.wake(lane));
        } catch (RuntimeException failure) {
            lookAgain(failure, this::lookForMissed);
        }
        pump();
    }

    private void lookAgain(RuntimeException failure, Runnable look) {
        if (!shared.workers().closed()) {
            log.warn("what waits in the outbox cannot be read, and is looked for again", failure);
            shared.workers().schedule(() -> shared.workers().execute(look), RETRY_AFTER_FAULT);
        }
    }

    /// Nothing waits. What vanished with its channel, or was added in vain, is counted no longer.
    private void quiet() {
        if (counted) {
            waiting.set(0);
        }
    }

    /// A lane may have something to do.
    void wake(LaneName lane) {
        lanes.wake(lane);
        pump();
    }

    /// Lets as many lanes as there is room for be worked on.
    private void pump() {
        while (counted && !shared.workers().closed() && slots.tryAcquire()) {
            LaneName lane = lanes.take();
            if (lane != null) {
                begin(lane);
                continue;
            }
            slots.release();
            // Whoever made a lane ready meanwhile may have found no room, and leaves it to this thread.
            if (!lanes.hasReady()) {
                return;
            }
        }
    }

    private void begin(LaneName lane) {
        boolean begun = shared.workers().execute(() -> {
            try {
                work(lane);
            } finally {
                slots.release();
                pump();
            }
            if (lanes.takeMissed()) {
                lookForMissed();
            }
        });
        if (!begun) {
            slots.release();
        }
    }

    /// What comes after an attempt.
    private sealed interface Next {

        /// The next entry: this one was taken, or given up.
        record Entry() implements Next {
        }

        /// Nothing until the receiver has room, and then the same entry.
        record Room() implements Next {
        }

        /// The same entry, later.
        record Later(Duration delay) implements Next {
        }

        /// Nothing any more: the server ends.
        record End() implements Next {
        }
    }

    private static final Next ENTRY = new Next.Entry();
    private static final Next ROOM = new Next.Room();
    private static final Next END = new Next.End();

    private void work(LaneName lane) {
        try {
            Next next = ENTRY;
            while (next instanceof Next.Entry) {
                lanes.look(lane);
                // Looked for in this order, so that no entry is missed that comes before one that is found.
                EventPosition visible = shared.visible().get();
                List<EntryPlace> places = shared.tables().places(lane);
                List<OutboxEntry> entries = shared.tables().first(lane, places, visible, READ_ROWS);
                if (entries.isEmpty()) {
                    places.forEach(place -> retire(lane, place));
                    lanes.rest(lane);
                    return;
                }
                next = handOver(lane, entries);
            }
            switch (next) {
                case Next.Room _ -> lanes.await(lane);
                case Next.Later(Duration delay) -> later(lane, delay);
                case Next.Entry _,Next.End _ -> {
                    // The next start goes on.
                }
            }
        } catch (RuntimeException | Error failure) {
            if (!shared.workers().closed()) {
                log.warn("handing over what channel {} has failed and is tried again", lane.channel(), failure);
            }
            later(lane, RETRY_AFTER_FAULT);
        }
    }

    private void retire(LaneName lane, EntryPlace place) {
        if (shared.tables().isEmpty(lane, place)) {
            var removal = lanes.retire(lane, place,
                    () -> shared.storage().submit(OutboxTables.laneRemoval(lane, place), () -> {
                    }));
            if (removal != null) {
                Commits.await(removal);
            }
        }
    }

    /// Hands over entries until one cannot be, and then removes together those that are done with. The lane must not be
    /// resumed before that, or they would be handed over again.
    private Next handOver(LaneName lane, List<OutboxEntry> entries) {
        var done = new ArrayList<OutboxEntry>(entries.size());
        try {
            for (OutboxEntry entry : entries) {
                Next next = shared.workers().closed() ? END : handOver(lane, entry);
                if (!(next instanceof Next.Entry)) {
                    return next;
                }
                waiting.decrementAndGet();
                done.add(entry);
            }
            return ENTRY;
        } finally {
            remove(done);
        }
    }

    private void remove(List<OutboxEntry> done) {
        boolean removed = done.isEmpty();
        try {
            removed = removed || shared.storage().commit(OutboxTables.removal(done));
        } finally {
            if (!removed) {
                waiting.addAndGet(done.size());
            }
        }
    }

    private Next handOver(LaneName lane, OutboxEntry entry) {
        String overdue = overdue(entry);
        if (overdue != null) {
            return giveUp(lane, entry, overdue);
        }
        return switch (receivers.enter(entry.receiver(), lane)) {
            case Receiver.Admission.Parked _ -> ROOM;
            case Receiver.Admission.Refused(String reason, Duration left) -> waitOrGiveUp(lane, entry, reason, left);
            case Receiver.Admission.Granted(Receiver receiver) -> deliver(lane, entry, receiver);
        };
    }

    /// Something that failed for a moment must not have everything given up that comes in that moment.
    private Next waitOrGiveUp(LaneName lane, OutboxEntry entry, String reason, Duration left) {
        Duration patience = policy.patience().minus(age(entry));
        if (!patience.isPositive()) {
            return giveUp(lane, entry, reason);
        }
        Duration wait = left.compareTo(patience) < 0 ? left : patience;
        return new Next.Later(wait.plus(policy.delay(1, shared.random())));
    }

    private Duration age(OutboxEntry entry) {
        return Duration.between(entry.since(), shared.clock().instant());
    }

    private @Nullable String overdue(OutboxEntry entry) {
        if (waiting.get() > policy.entriesMax()) {
            return "too much waits to be handed over";
        }
        return age(entry).compareTo(policy.ageMax()) > 0 ? "it waited too long to be handed over" : null;
    }

    private Next deliver(LaneName lane, OutboxEntry entry, Receiver receiver) {
        try {
            delivery.deliver(entry);
        } catch (DeliveryFailed failure) {
            resume(failure.permanent() ? receiver.answered() : receiver.failed(failure.reason()));
            return failed(lane, entry, failure);
        } catch (StorageFailure | StorageUnavailable | Error failure) {
            // Nothing that the entry or its receiver is to blame for.
            resume(receiver.answered());
            throw failure;
        } catch (RuntimeException failure) {
            resume(receiver.answered());
            log.warn("handing over {} for {} of channel {} failed in the server", kind, entry.receiver(),
                    entry.channel(),
                    failure);
            return failed(lane, entry, DeliveryFailed.transientFailure("the server failed"));
        }
        resume(receiver.answered());
        receivers.forgetIfQuiet(entry.receiver());
        count("delivered");
        return ENTRY;
    }

    private Next failed(LaneName lane, OutboxEntry entry, DeliveryFailed failure) {
        if (shared.workers().closed()) {
            // That may be why it failed; the next start tries again.
            return END;
        }
        count("failed");
        int attempts = lanes.attempts(lane).of(entry) + 1;
        if (failure.permanent() || attempts >= policy.attemptsMax()) {
            return giveUp(lane, entry, failure.reason());
        }
        lanes.attempted(lane, new Attempts(entry.number(), attempts));
        return new Next.Later(delay(attempts, failure.retryAfter()));
    }

    private Duration delay(int attempts, @Nullable Duration asked) {
        Duration delay = policy.delay(attempts, shared.random());
        Duration longest = policy.delayMax();
        if (asked == null || asked.compareTo(delay) < 0) {
            return delay;
        }
        return asked.compareTo(longest) < 0 ? asked : longest;
    }

    private Next giveUp(LaneName lane, OutboxEntry entry, String reason) {
        delivery.giveUp(entry, reason);
        lanes.attempted(lane, Attempts.NONE);
        count("given_up");
        log.warn("{} for {} of channel {} is given up: {}", kind, entry.receiver(), entry.channel(), reason);
        return ENTRY;
    }

    private void later(LaneName lane, Duration delay) {
        lanes.await(lane);
        shared.workers().schedule(() -> resume(List.of(lane)), delay);
        pump();
    }

    private void resume(List<LaneName> waiting) {
        waiting.forEach(lanes::resume);
        pump();
    }

    private void count(String outcome) {
        shared.meters().counter("bellframe.outbox.deliveries", "kind", kind.name(), "outcome", outcome).increment();
    }
}
