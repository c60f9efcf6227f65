package bellframe.outbox;

import bellframe.names.EventPosition;
import bellframe.storage.Batch;
import bellframe.storage.Commits;
import bellframe.storage.Storage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Hands entries to receivers until they have them.
///
/// An entry is a row in the batch of what it is about, so that neither is without the other. From the store, not from
/// memory, each lane's entries are read and handed over one after the other; rows are removed when their receivers took
/// them, or they were given up. What a crash interrupts is done again. In memory are only names of lanes and receivers, a
/// bounded number of them.
public final class Outbox implements AutoCloseable {

    /// The entries of one event on their way into the store, one for each outlet.
    public final class Adding {

        private final List<Outlet> outlets;
        private final List<OutboxEntry> added = new ArrayList<>();

        private Adding(List<Outlet> outlets) {
            this.outlets = outlets;
        }

        /// Whether there is nobody for whom entries would be.
        public boolean isForNobody() {
            return outlets.isEmpty();
        }

        /// Adds to the batch of the entries that there may be some in a place.
        public void putLanes(Batch batch, EntryPlace place) {
            for (Outlet outlet : outlets) {
                if (!handover(outlet.lane().kind()).lanes().isRecorded(outlet.lane(), place)) {
                    OutboxTables.putLane(batch, outlet.lane(), place);
                }
            }
        }

        /// Makes durable that there may be entries in a place, before the batch of the entries is made: one with conditions can
        /// hold nothing of another partition.
        public void announce(EntryPlace place) {
            var announcement = new Batch();
            putLanes(announcement, place);
            if (!announcement.writes().isEmpty()) {
                shared.storage().commit(announcement);
            }
        }

        /// Adds the entries to a batch.
        ///
        /// @param number given in the turn in which the batch is submitted
        /// @param subject asked for once, if there are outlets
        public void put(Batch batch, EntryPlace place, EventPosition number, Supplier<byte[]> subject) {
            put(batch, place, number, _ -> true, subject);
        }

        /// Adds the entries for some of the outlets to a batch.
        ///
        /// @param number given in the turn in which the batch is submitted
        /// @param subject asked for once, if there are such outlets
        public void put(Batch batch, EntryPlace place, EventPosition number, Predicate<Outlet> which,
                Supplier<byte[]> subject) {
            // Of most messages nobody outside hears, and this is in their channel's turn.
            List<Outlet> chosen = isForNobody() ? List.of() : outlets.stream().filter(which).toList();
            if (!chosen.isEmpty()) {
                byte[] bytes = subject.get();
                Instant since = Instant.ofEpochMilli(shared.clock().millis());
                for (Outlet outlet : chosen) {
                    var entry = new OutboxEntry(outlet.lane(), place, number, since, outlet.receiver(), bytes);
                    OutboxTables.put(batch, entry);
                    added.add(entry);
                }
            }
        }

        /// Waits until a batch with conditions, and the entries, is written.
        ///
        /// @return false if it was not, for its conditions did not hold
        public boolean written(CompletableFuture<Boolean> commit) {
            boolean written = Commits.await(commit);
            if (!written) {
                added.clear();
            }
            return written;
        }

        private void begin() {
            outlets.forEach(outlet -> handover(outlet.lane().kind()).lanes().beginAdding(outlet.lane()));
        }

        private void committed() {
            for (OutboxEntry entry : added) {
                Handover handover = handover(entry.lane().kind());
                handover.lanes().recorded(entry.lane(), entry.place());
                handover.waiting().incrementAndGet();
            }
        }

        private void end() {
            // Also of a batch of which nobody knows whether it was written: it is not going to be later.
            added.forEach(entry -> visible.accumulateAndGet(entry.number().micros(), Math::max));
            for (Outlet outlet : outlets) {
                handover(outlet.lane().kind()).lanes().endAdding(outlet.lane());
                handover(outlet.lane().kind()).wake(outlet.lane());
            }
        }
    }

    private final EventPosition earlier;
    private final MeterRegistry meters;
    private final RandomGenerator random;
    private final LongSupplier nanoTime;
    private final Map<OutboxKind, Handover> handovers = new EnumMap<>(OutboxKind.class);
    private final Workers workers = new Workers();
    /// The highest number of an entry that was written, and with it all below.
    private final AtomicLong visible;
    private final Handover.Shared shared;

    /// @param earlier at or above the number of every entry of earlier runs, and below those of this run
    public Outbox(Storage storage, EventPosition earlier, InstantSource clock, LongSupplier nanoTime,
            RandomGenerator random,
            MeterRegistry meters) {
        this.earlier = earlier;
        this.meters = meters;
        this.random = random;
        this.nanoTime = nanoTime;
        this.visible = new AtomicLong(earlier.micros());
        this.shared = new Handover.Shared(storage, new OutboxTables(storage), workers,
                () -> new EventPosition(visible.get()), clock, random, meters);
    }

    /// Says who hands over the entries of a kind; call it once for each, before [#start].
    public void handle(OutboxKind kind, RetryPolicy policy, Delivery delivery) {
        var receivers = new Receivers(policy.callsAtOnce(), nanoTime, random);
        var handover = new Handover(kind, policy, delivery, receivers, shared);
        handovers.put(kind, handover);
        Gauge.builder("bellframe.outbox.entries", handover.waiting(), AtomicLong::get)
                .tag("kind", kind.name())
                .description("Entries that wait to be handed over")
                .register(meters);
        Gauge.builder("bellframe.outbox.circuits.open", receivers, Receivers::open)
                .tag("kind", kind.name())
                .description("Receivers that are left alone because they failed too often")
                .register(meters);
        Gauge.builder("bellframe.outbox.lanes", handover.lanes(), Lanes::size)
                .tag("kind", kind.name())
                .description("Channels that have something to hand over, as far as they are in memory")
                .register(meters);
    }

    /// Takes up what earlier runs left, then whatever is added.
    public void start() {
        handovers.values().forEach(handover -> workers.execute(() -> handover.takeUp(earlier)));
    }

    /// Runs what makes an event happen, with an entry for each outlet, and waits until that is durable.
    ///
    /// @param outlets of different lanes
    public <T> T adding(List<Outlet> outlets, Function<Adding, T> work) {
        var adding = new Adding(outlets);
        adding.begin();
        try {
            T result = work.apply(adding);
            adding.committed();
            return result;
        } finally {
            adding.end();
        }
    }

    /// How many entries of a kind wait to be handed over; those of earlier runs are counted shortly after the start.
    public long waiting(OutboxKind kind) {
        return handover(kind).waiting().get();
    }

    /// The receivers that are at work, or have failed.
    public List<ReceiverStatus> receivers() {
        return handovers.values().stream().flatMap(handover -> handover.receivers().statuses().stream()).toList();
    }

    private Handover handover(OutboxKind kind) {
        Handover handover = handovers.get(kind);
        if (handover == null) {
            throw new IllegalStateException("nobody hands over entries of kind " + kind);
        }
        return handover;
    }

    /// Leaves what is not handed over to the next start.
    @Override
    public void close() {
        workers.close();
    }
}
