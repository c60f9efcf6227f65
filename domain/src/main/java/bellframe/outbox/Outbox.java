package bellframe.outbox;

import bellframe.names.EventPosition;
import bellframe.storage.Batch;
import bellframe.storage.Commits;
import bellframe.storage.Storage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands entries to receivers until they have them.
///
/// An entry is a row in the batch of what it is about, so that neither is without the other. From the store, not from
/// memory, each lane's entries are read and handed over one after the other; a row is removed when its receiver took it, or
/// it was given up. What a crash interrupts is done again. In memory are only names of lanes and receivers, a bounded
/// number of them.
public final class Outbox implements AutoCloseable {

    /// How many lanes are worked on at once.
    static final int LANES_AT_ONCE = 256;

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final int READ_ROWS = 16;
    private static final Duration RETRY_AFTER_FAULT = Duration.ofSeconds(1);
    private static final long CLOSE_LIMIT_SECONDS = 5;

    private record Handler(RetryPolicy policy, Delivery delivery, AtomicLong waiting) {
    }

    /// Entries being added to one lane.
    public final class Adding {

        private final LaneName lane;
        private int added;
        private @Nullable Long bucket;

        private Adding(LaneName lane) {
            this.lane = lane;
        }

        /// Adds to a batch that the lane has entries in a bucket. That is the batch of the entry, or, if that one has
        /// conditions and so can hold nothing of another partition, one that is durable before.
        public void putLane(Batch batch, long laneBucket) {
            if (!lanes.isRecorded(lane, laneBucket)) {
                OutboxTables.putLane(batch, lane, laneBucket);
            }
        }

        /// Adds an entry to a batch.
        public void put(Batch batch, OutboxEntry entry) {
            OutboxTables.put(batch, entry);
            added++;
            bucket = entry.bucket();
        }

        /// The batch was not written, for its conditions did not hold.
        public void withdraw() {
            added = 0;
        }

        private void committed() {
            if (bucket != null) {
                lanes.recorded(lane, bucket);
                handler(lane.kind()).waiting().addAndGet(added);
            }
        }
    }

    private final Storage storage;
    private final EventPosition earlier;
    private final OutboxTables tables;
    private final Receivers receivers;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final MeterRegistry meters;
    private final Map<OutboxKind, Handler> handlers = new EnumMap<>(OutboxKind.class);
    private final Lanes lanes = new Lanes(this::quiet);
    private final Semaphore slots = new Semaphore(LANES_AT_ONCE);
    private final ExecutorService workers = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("outbox-", 0).factory());
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("outbox-timer").factory());
    /// Whether it is known how many entries earlier runs left. Nothing is handed over before, so that none is removed that
    /// has not been counted.
    private volatile boolean counted;
    private volatile boolean closed;

    /// @param earlier at or above the number of every entry of earlier runs, and below those of this run
    public Outbox(Storage storage, EventPosition earlier, InstantSource clock, LongSupplier nanoTime,
            RandomGenerator random,
            MeterRegistry meters) {
        this.storage = storage;
        this.earlier = earlier;
        this.tables = new OutboxTables(storage);
        this.receivers = new Receivers(nanoTime, random);
        this.clock = clock;
        this.random = random;
        this.meters = meters;
        Gauge.builder("bellframe.outbox.circuits.open", receivers, Receivers::open)
                .description("Receivers that are left alone because they failed too often")
                .register(meters);
        Gauge.builder("bellframe.outbox.lanes", lanes, Lanes::size)
                .description("Channels that have something to hand over, by kind, as far as they are in memory")
                .register(meters);
    }

    /// Says who hands over the entries of a kind; call it once for each, before [#start].
    public void handle(OutboxKind kind, RetryPolicy policy, Delivery delivery) {
        var waiting = new AtomicLong();
        handlers.put(kind, new Handler(policy, delivery, waiting));
        Gauge.builder("bellframe.outbox.entries", waiting, AtomicLong::get)
                .tag("kind", kind.name())
                .description("Entries that wait to be handed over")
                .register(meters);
    }

    /// Takes up what earlier runs left, then whatever is added.
    public void start() {
        execute(this::takeUp);
    }

    /// Runs what adds entries to a lane and waits until they are durable.
    ///
    /// @param channel the channel's incarnation
    public <T> T adding(OutboxKind kind, String channel, Function<Adding, T> work) {
        var adding = new Adding(new LaneName(kind, channel));
        lanes.beginAdding(adding.lane);
        try {
            T result = work.apply(adding);
            adding.committed();
            return result;
        } finally {
            lanes.endAdding(adding.lane);
            wake(adding.lane);
        }
    }

    /// How many entries of a kind wait to be handed over; those of earlier runs are counted shortly after the start.
    public long waiting(OutboxKind kind) {
        return handler(kind).waiting().get();
    }

    /// The receivers that are at work, or have failed.
    public List<ReceiverStatus> receivers() {
        return receivers.statuses();
    }

    private void takeUp() {
        try {
            var left = new EnumMap<OutboxKind, Long>(OutboxKind.class);
            tables.forEachLane(
                    (lane, bucket) -> left.merge(lane.kind(), tables.count(lane, bucket, earlier), Long::sum));
            left.forEach((kind, count) -> handler(kind).waiting().addAndGet(count));
            counted = true;
        } catch (RuntimeException failure) {
            if (!closed) {
                log.warn("what earlier runs left in the outbox cannot be read, and is looked for again", failure);
                schedule(() -> execute(this::takeUp), RETRY_AFTER_FAULT);
            }
            return;
        }
        lookForMissed();
    }

    /// Nothing waits. What vanished with its channel, or was added in vain, is counted no longer.
    private void quiet() {
        if (counted) {
            handlers.values().forEach(handler -> handler.waiting().set(0));
        }
    }

    private void lookForMissed() {
        try {
            tables.forEachLane((lane, _) -> lanes.wake(lane));
        } catch (RuntimeException failure) {
            if (!closed) {
                log.warn("what waits in the outbox cannot be read, and is looked for again", failure);
                schedule(() -> execute(this::lookForMissed), RETRY_AFTER_FAULT);
            }
        }
        pump();
    }

    private void wake(LaneName lane) {
        lanes.wake(lane);
        pump();
    }

    /// Lets as many lanes as there is room for be worked on.
    private void pump() {
        while (counted && !closed && slots.tryAcquire()) {
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
        boolean begun = execute(() -> {
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

    private boolean execute(Runnable task) {
        try {
            workers.execute(task);
            return true;
        } catch (RejectedExecutionException _) {
            log.debug("what waits in the outbox is left to the next start");
            return false;
        }
    }

    private void work(LaneName lane) {
        try {
            long from = 0;
            for (Long bucket = tables.bucket(lane, from); bucket != null; bucket = tables.bucket(lane, from)) {
                switch (handOver(lane, bucket)) {
                    case DONE -> from = bucket;
                    case EMPTY -> from = bucket + 1;
                    case WAITING -> {
                        return;
                    }
                }
            }
            lanes.rest(lane);
        } catch (RuntimeException | Error failure) {
            if (!closed) {
                log.warn("handing over what channel {} has failed and is tried again", lane.channel(), failure);
            }
            later(lane, RETRY_AFTER_FAULT);
        }
    }

    private enum Progress {
        /// There may be more.
        DONE,
        /// There is nothing, at least at the moment.
        EMPTY,
        /// The lane is woken later.
        WAITING
    }

    private Progress handOver(LaneName lane, long bucket) {
        lanes.look(lane);
        List<OutboxEntry> entries = tables.first(lane, bucket, READ_ROWS);
        if (entries.isEmpty()) {
            var removal = lanes.retire(lane, bucket,
                    () -> storage.submit(OutboxTables.laneRemoval(lane, bucket), () -> {
                    }));
            if (removal != null) {
                Commits.await(removal);
            }
            return Progress.EMPTY;
        }
        for (OutboxEntry entry : entries) {
            if (closed || !handOver(lane, entry)) {
                return Progress.WAITING;
            }
        }
        return Progress.DONE;
    }

    /// @return false if the lane is woken later
    private boolean handOver(LaneName lane, OutboxEntry entry) {
        Handler handler = handler(lane.kind());
        String overdue = overdue(entry, handler);
        if (overdue != null) {
            giveUp(lane, entry, overdue);
            return true;
        }
        lanes.await(lane);
        return switch (receivers.enter(entry.receiver(), lane)) {
            case Receiver.Admission.Parked _ -> false;
            case Receiver.Admission.Refused(String reason) -> {
                lanes.goOn(lane);
                yield waitOrGiveUp(lane, entry, handler.policy(), reason);
            }
            case Receiver.Admission.Granted(Receiver receiver) -> {
                lanes.goOn(lane);
                yield deliver(lane, entry, handler, receiver);
            }
        };
    }

    /// Something that failed for a moment must not have everything given up that comes in that moment.
    private boolean waitOrGiveUp(LaneName lane, OutboxEntry entry, RetryPolicy policy, String reason) {
        boolean patient = age(entry).compareTo(policy.patience()) < 0;
        if (patient) {
            later(lane, policy.delay(policy.attemptsMax(), random));
        } else {
            giveUp(lane, entry, reason);
        }
        return !patient;
    }

    private Duration age(OutboxEntry entry) {
        return Duration.between(entry.since(), clock.instant());
    }

    private @Nullable String overdue(OutboxEntry entry, Handler handler) {
        if (handler.waiting().get() > handler.policy().entriesMax()) {
            return "too much waits to be handed over";
        }
        return age(entry).compareTo(handler.policy().ageMax()) > 0 ? "it waited too long to be handed over" : null;
    }

    private boolean deliver(LaneName lane, OutboxEntry entry, Handler handler, Receiver receiver) {
        try {
            handler.delivery().deliver(entry);
        } catch (DeliveryFailed failure) {
            resume(failure.permanent() ? receiver.answered() : receiver.failed(failure.reason()));
            return failed(lane, entry, handler, failure);
        } catch (RuntimeException | Error failure) {
            resume(receiver.answered());
            throw failure;
        }
        resume(receiver.answered());
        receivers.forgetIfQuiet(entry.receiver());
        remove(entry, handler);
        count(entry.kind(), "delivered");
        return true;
    }

    private boolean failed(LaneName lane, OutboxEntry entry, Handler handler, DeliveryFailed failure) {
        if (closed) {
            // That may be why it failed; the next start tries again.
            return false;
        }
        count(entry.kind(), "failed");
        int attempts = lanes.attempts(lane).of(entry) + 1;
        if (failure.permanent() || attempts >= handler.policy().attemptsMax()) {
            giveUp(lane, entry, failure.reason());
            return true;
        }
        lanes.attempted(lane, new Attempts(entry.number(), attempts));
        later(lane, delay(handler.policy(), attempts, failure.retryAfter()));
        return false;
    }

    private Duration delay(RetryPolicy policy, int attempts, @Nullable Duration asked) {
        Duration delay = policy.delay(attempts, random);
        Duration longest = policy.delayMax();
        if (asked == null || asked.compareTo(delay) < 0) {
            return delay;
        }
        return asked.compareTo(longest) < 0 ? asked : longest;
    }

    private void giveUp(LaneName lane, OutboxEntry entry, String reason) {
        Handler handler = handler(entry.kind());
        handler.delivery().giveUp(entry, reason);
        remove(entry, handler);
        lanes.attempted(lane, Attempts.NONE);
        count(entry.kind(), "given_up");
        log.warn("{} for {} of channel {} is given up: {}", entry.kind(), entry.receiver(), entry.channel(), reason);
    }

    private void remove(OutboxEntry entry, Handler handler) {
        tables.remove(entry);
        handler.waiting().decrementAndGet();
    }

    private void later(LaneName lane, Duration delay) {
        lanes.await(lane);
        schedule(() -> resume(List.of(lane)), delay);
    }

    private void schedule(Runnable task, Duration delay) {
        try {
            var _ = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            log.debug("what waits in the outbox is left to the next start");
        }
    }

    private void resume(List<LaneName> waiting) {
        waiting.forEach(lanes::resume);
        pump();
    }

    private void count(OutboxKind kind, String outcome) {
        meters.counter("bellframe.outbox.deliveries", "kind", kind.name(), "outcome", outcome).increment();
    }

    private Handler handler(OutboxKind kind) {
        Handler handler = handlers.get(kind);
        if (handler == null) {
            throw new IllegalStateException("nobody hands over entries of kind " + kind);
        }
        return handler;
    }

    /// Leaves what is not handed over to the next start.
    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        workers.shutdownNow();
        try {
            if (!workers.awaitTermination(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                log.warn("not all that was being handed over ended in time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
