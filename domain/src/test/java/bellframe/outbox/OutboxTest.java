package bellframe.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.names.EventPosition;
import bellframe.rows.Partitions;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Table;
import bellframe.testing.HookedStorage;
import bellframe.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final long BUCKET = 7;
    private static final int LANES_AT_ONCE = 64;
    private static final int CALLS_AT_ONCE = 16;
    private static final String RECEIVER = "receiver";
    private static final RetryPolicy PATIENT = new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), 1_000,
            Duration.ZERO, Duration.ofDays(1), 1_000, LANES_AT_ONCE, CALLS_AT_ONCE);

    /// Something that may go wrong before an entry is taken.
    @FunctionalInterface
    private interface Attempt {

        void at(OutboxEntry entry) throws DeliveryFailed;
    }

    /// A receiver that takes everything, unless it is told otherwise.
    private static final class Taking implements Delivery {

        private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> givenUp = new LinkedBlockingQueue<>();
        private final AtomicReference<@Nullable Attempt> instead = new AtomicReference<>();

        @Override
        public void deliver(OutboxEntry entry) throws DeliveryFailed {
            Attempt other = instead.get();
            if (other != null) {
                other.at(entry);
            }
            taken.add(text(entry));
        }

        @Override
        public void giveUp(OutboxEntry entry, String reason) {
            givenUp.add(text(entry));
        }

        private static String text(OutboxEntry entry) {
            return new String(entry.subject(), StandardCharsets.UTF_8);
        }
    }

    private final HookedStorage storage = new HookedStorage();
    private final TestClock clock = new TestClock();
    private final Taking receiver = new Taking();
    /// The highest number of an entry.
    private long last;
    private Outbox outbox = outbox(PATIENT);

    @AfterEach
    void close() {
        outbox.close();
        storage.close();
    }

    @Test
    void whatIsAddedWhenItsLaneHasJustBeenFoundEmptyIsHandedOver() throws InterruptedException {
        storage.afterNothingToHandOver.set(() -> add("channel", 2, "second"));
        outbox.start();
        add("channel", 1, "first");
        assertThat(next(receiver.taken)).isEqualTo("first");
        assertThat(next(receiver.taken)).isEqualTo("second");
        awaitNoLane();
    }

    @Test
    void channelsThatWaitForAReceiverGoOnWhenItsCircuitOpens() throws InterruptedException {
        int channels = 2 * CALLS_AT_ONCE + 1;
        var failing = new CountDownLatch(1);
        receiver.instead.set(_ -> {
            await(failing);
            throw DeliveryFailed.transientFailure("refused");
        });
        outbox.start();
        IntStream.range(0, channels).forEach(i -> add("channel " + i, 1, "entry " + i));
        while (outbox.receivers().isEmpty()
                || outbox.receivers().getFirst().parked() < channels - CALLS_AT_ONCE) {
            Thread.onSpinWait();
        }
        failing.countDown();
        for (int i = 0; i < channels; i++) {
            next(receiver.givenUp);
        }
    }

    @Test
    void whatWaitsForAReceiverThatIsLeftAloneForLongIsGivenUpInTime() throws InterruptedException {
        outbox.close();
        var patience = Duration.ofMillis(100);
        outbox = outbox(new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), 1, patience, Duration.ofDays(1),
                1_000, LANES_AT_ONCE, CALLS_AT_ONCE));
        receiver.instead.set(_ -> {
            throw DeliveryFailed.transientFailure("refused");
        });
        outbox.start();
        while (outbox.receivers().isEmpty() || outbox.receivers().getFirst().left().toSeconds() < 25) {
            clock.move(Duration.ofSeconds(61));
            add("channel", last + 1, "attempted");
            assertThat(next(receiver.givenUp)).isEqualTo("attempted");
        }
        add("channel", last + 1, "waiting");
        clock.move(patience);
        assertThat(next(receiver.givenUp)).isEqualTo("waiting");
    }

    @Test
    void whatAReceiverCannotBeGivenForWantOfMemoryIsTriedAgain() throws InterruptedException {
        receiver.instead.set(_ -> {
            receiver.instead.set(null);
            throw new OutOfMemoryError("for a moment");
        });
        outbox.start();
        add("channel", 1, "entry");
        assertThat(next(receiver.taken)).isEqualTo("entry");
    }

    @Test
    void anAttemptThatTheServersEndInterruptsIsNotTheLast() throws InterruptedException {
        outbox.close();
        outbox = outbox(
                new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), 1, Duration.ZERO, Duration.ofDays(1),
                        1_000, LANES_AT_ONCE, CALLS_AT_ONCE));
        var begun = new CountDownLatch(1);
        receiver.instead.set(_ -> {
            begun.countDown();
            await(new CountDownLatch(1));
            throw DeliveryFailed.transientFailure("given up");
        });
        outbox.start();
        add("channel", 1, "entry");
        await(begun);
        outbox.close();
        assertThat(receiver.givenUp).isEmpty();
        receiver.instead.set(null);
        outbox = outbox(PATIENT);
        outbox.start();
        assertThat(next(receiver.taken)).isEqualTo("entry");
    }

    @Test
    void anEntryCountsUntilItIsTaken() throws InterruptedException {
        outbox.start();
        add("channel", 1, "first");
        assertThat(next(receiver.taken)).isEqualTo("first");
        awaitNoLane();
        var begun = new CountDownLatch(1);
        var taken = new CountDownLatch(1);
        receiver.instead.set(_ -> {
            begun.countDown();
            await(taken);
        });
        add("channel", 2, "second");
        await(begun);
        assertThat(outbox.waiting(OutboxKind.FLOW)).isEqualTo(1);
        taken.countDown();
        assertThat(next(receiver.taken)).isEqualTo("second");
        while (outbox.waiting(OutboxKind.FLOW) != 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void entriesAreInOrderWhereverTheyLie() throws InterruptedException {
        add("channel", 1, new EntryPlace.Bucket(9), "first");
        add("channel", 2, new EntryPlace.ChannelRow("arn:of:the:channel"), "second");
        add("other", 3, new EntryPlace.ChannelRow("arn:of:the:channel"), "of its successor");
        add("channel", 4, new EntryPlace.Bucket(3), "third");
        add("channel", 5, new EntryPlace.Bucket(9), "fourth");
        outbox.start();
        var taken = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            taken.add(next(receiver.taken));
        }
        assertThat(taken).containsSubsequence("first", "second", "third", "fourth").contains("of its successor");
        awaitNoLane();
        assertThat(storage.rows.rowCounts()).doesNotContainKey(Table.OUTBOX);
    }

    @Test
    void branchesOfAChannelDoNotWaitForEachOther() throws InterruptedException {
        var stuck = new CountDownLatch(1);
        receiver.instead.set(entry -> {
            if (entry.lane().branch().equals("stuck")) {
                await(stuck);
            }
        });
        outbox.start();
        var place = new EntryPlace.Bucket(BUCKET);
        for (String branch : List.of("stuck", "free")) {
            add(new LaneName(OutboxKind.FLOW, "channel", branch), 1, place, branch);
        }
        assertThat(next(receiver.taken)).isEqualTo("free");
        stuck.countDown();
        assertThat(next(receiver.taken)).isEqualTo("stuck");
        awaitNoLane();
    }

    @Test
    void whatFailsInTheServerIsGivenUpInTheEnd() throws InterruptedException {
        outbox.close();
        outbox = outbox(new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), 3, Duration.ZERO,
                Duration.ofDays(1), 1_000, LANES_AT_ONCE, CALLS_AT_ONCE));
        var attempts = new AtomicInteger();
        receiver.instead.set(_ -> {
            attempts.incrementAndGet();
            throw new IllegalStateException("a bug");
        });
        outbox.start();
        add("channel", 1, "entry");
        assertThat(next(receiver.givenUp)).isEqualTo("entry");
        assertThat(attempts).hasValue(3);
    }

    @Test
    void entriesThatVanishWithTheirChannelDoNotCountForEver() throws InterruptedException {
        var failed = new CountDownLatch(1);
        receiver.instead.set(_ -> {
            Partitions.empty(storage, Table.OUTBOX, Key.builder().text("channel").number64(BUCKET).build());
            failed.countDown();
            throw DeliveryFailed.throttled("busy", Duration.ofMillis(1));
        });
        add("channel", 1, "first");
        add("channel", 2, "second");
        outbox.start();
        await(failed);
        awaitNoLane();
        while (outbox.waiting(OutboxKind.FLOW) != 0) {
            Thread.onSpinWait();
        }
    }

    /// Until an interrupt, at most.
    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Outbox outbox(RetryPolicy policy) {
        var made = new Outbox(storage, new EventPosition(last), clock, () -> clock.millis() * 1_000_000, new Random(1),
                new SimpleMeterRegistry());
        made.handle(OutboxKind.FLOW, policy, receiver);
        return made;
    }

    private void add(String channel, long number, String subject) {
        add(channel, number, new EntryPlace.Bucket(BUCKET), subject);
    }

    private void add(String channel, long number, EntryPlace place, String subject) {
        add(new LaneName(OutboxKind.FLOW, channel, ""), number, place, subject);
    }

    private void add(LaneName lane, long number, EntryPlace place, String subject) {
        last = Math.max(last, number);
        assertThat(outbox.<Boolean>adding(List.of(new Outlet(lane, RECEIVER)), adding -> {
            var batch = new Batch();
            adding.putLanes(batch, place);
            adding.put(batch, place, new EventPosition(number), () -> subject.getBytes(StandardCharsets.UTF_8));
            return storage.commit(batch);
        })).isTrue();
    }

    private static String next(BlockingQueue<String> queue) throws InterruptedException {
        String next = queue.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came");
        }
        return next;
    }

    private void awaitNoLane() {
        while (storage.rows.rowCounts().containsKey(Table.OUTBOX_LANES)) {
            Thread.onSpinWait();
        }
    }
}
