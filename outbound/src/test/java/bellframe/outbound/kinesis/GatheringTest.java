package bellframe.outbound.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.outbox.DeliveryFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatheringTest {

    private static final KinesisStreamArn STREAM = stream("a");

    private final List<List<PendingRecord>> calls = new CopyOnWriteArrayList<>();
    private final List<Future<?>> puts = new ArrayList<>();
    private final BlockingQueue<Integer> begun = new LinkedBlockingQueue<>();
    private final Semaphore mayEnd = new Semaphore(0);
    private final Gathering gathering = new Gathering(this::call);

    @Test
    void recordsThatComeWhileCallsAreUnderWayLeaveTogether() throws Exception {
        int more = 2 * Gathering.RECORDS_MAX + 1;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Gathering.CALLS_MAX; i++) {
                puts.add(threads.submit(() -> put(STREAM, 10)));
                assertThat(begun.take()).isOne();
            }
            for (int i = 0; i < more; i++) {
                puts.add(threads.submit(() -> put(STREAM, 10)));
            }
            await(() -> gathering.waiting() == more);
            endAll();
        }
        assertThat(calls).extracting(List::size)
                .containsExactlyInAnyOrder(1, 1, 1, Gathering.RECORDS_MAX, Gathering.RECORDS_MAX, 1);
        await(() -> gathering.streams() == 0);
    }

    @Test
    void aCallTakesNoMoreThanItMay() throws Exception {
        int large = PendingRecord.BYTES_MAX - 1;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Gathering.CALLS_MAX + 12; i++) {
                puts.add(threads.submit(() -> put(STREAM, large)));
            }
            await(() -> gathering.waiting() == 12);
            endAll();
        }
        assertThat(calls).extracting(List::size).containsExactlyInAnyOrder(1, 1, 1, 5, 5, 2);
    }

    @Test
    void streamsDoNotWaitForEachOther() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2 * Gathering.CALLS_MAX; i++) {
                puts.add(threads.submit(() -> put(STREAM, 10)));
            }
            await(() -> gathering.waiting() == Gathering.CALLS_MAX);
            puts.add(threads.submit(() -> put(stream("b"), 10)));
            await(() -> calls.size() == Gathering.CALLS_MAX + 1);
            assertThat(gathering.streams()).isEqualTo(2);
            endAll();
        }
        await(() -> gathering.streams() == 0);
    }

    @Test
    void whoIsInterruptedLeavesTheQueue() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Gathering.CALLS_MAX; i++) {
                puts.add(threads.submit(() -> put(STREAM, 10)));
            }
            await(() -> calls.size() == Gathering.CALLS_MAX);
            var failure = new LinkedBlockingQueue<DeliveryFailed>();
            Thread waiting = Thread.ofVirtual()
                    .start(() -> failure.add(catchThrowableOfType(DeliveryFailed.class, () -> put(STREAM, 10))));
            await(() -> gathering.waiting() == 1);
            waiting.interrupt();
            assertThat(failure.take().permanent()).isFalse();
            assertThat(gathering.waiting()).isZero();
            endAll();
        }
    }

    @Test
    void aRecordOfWhichNothingIsSaidIsNotTaken() {
        var silent = new Gathering((_, _) -> {
        });
        DeliveryFailed failure = catchThrowableOfType(DeliveryFailed.class,
                () -> silent.put(STREAM, new PendingRecord("key", new byte[1])));
        assertThat(failure.permanent()).isFalse();
        assertThat(failure.reason()).isEqualTo("the Kinesis stream did not say what became of the record");
    }

    private Boolean put(KinesisStreamArn stream, int bytes) throws DeliveryFailed {
        gathering.put(stream, new PendingRecord("k", new byte[bytes]));
        return true;
    }

    private void call(KinesisStreamArn stream, List<PendingRecord> records) {
        calls.add(records);
        begun.add(records.size());
        mayEnd.acquireUninterruptibly();
        records.forEach(PendingRecord::taken);
    }

    private void endAll() throws Exception {
        mayEnd.release(1_000);
        for (Future<?> put : puts) {
            put.get();
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        var never = new Semaphore(0);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it never came to that").isLessThan(deadline);
            assertThat(never.tryAcquire(2, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    private static KinesisStreamArn stream(String name) {
        return KinesisStreamArn.parse("arn:aws:kinesis:eu-central-1:123456789012:stream/chime-messaging-" + name)
                .orElseThrow();
    }
}
