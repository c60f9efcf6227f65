package bellframe.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.storage.Batch;
import bellframe.storage.Commits;
import bellframe.storage.Key;
import bellframe.storage.StorageFailure;
import bellframe.storage.StorageUnavailable;
import bellframe.storage.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CommitQueueTest {

    private final RecordingTarget target = new RecordingTarget();
    private @Nullable CommitQueue queue;

    @AfterEach
    void closeQueue() {
        target.release();
        if (queue != null) {
            queue.close();
        }
    }

    @Test
    void whatComesWhileAGroupIsWrittenIsTheNextGroup() throws Exception {
        var commits = start(QueueLimits.DEFAULT);
        target.hold();
        var first = submit(commits, 10);
        target.awaitWrite();
        var second = submit(commits, 10);
        var third = submit(commits, 10);
        target.release();

        assertThat(List.of(Commits.await(first), Commits.await(second), Commits.await(third))).containsOnly(true);
        assertThat(target.groupSizes).containsExactly(1, 2);
    }

    @Test
    void aFullQueueRefusesAtOnceAndTakesAgainWhenItHasRoom() throws Exception {
        var commits = start(new QueueLimits(2, 1_000_000));
        target.hold();
        var first = submit(commits, 10);
        target.awaitWrite();
        var second = submit(commits, 10);
        var refused = submit(commits, 10);

        assertThat(refused).isCompletedExceptionally();
        assertThatThrownBy(() -> Commits.await(refused)).isInstanceOf(StorageUnavailable.class);
        assertThat(commits.statistics().refused()).isEqualTo(1);
        assertThat(commits.statistics().waiting()).isEqualTo(2);

        target.release();
        Commits.await(first);
        Commits.await(second);
        assertThat(Commits.await(submit(commits, 10))).isTrue();
        assertThat(commits.statistics().waitingBytes()).isZero();
    }

    @Test
    void theQueueIsBoundedInBytesToo() throws Exception {
        var commits = start(new QueueLimits(100, 1000));
        target.hold();
        var large = submit(commits, 5000);
        target.awaitWrite();

        assertThat(submit(commits, 10)).isCompletedExceptionally();
        target.release();
        assertThat(Commits.await(large)).isTrue();
    }

    @Test
    void aFailedWriteFailsItsGroupAndNoOther() throws Exception {
        var commits = start(QueueLimits.DEFAULT);
        target.hold();
        var first = submit(commits, 10);
        target.awaitWrite();
        target.failNextWrite(new IllegalStateException("thrown by a test"));
        var called = new ArrayList<String>();
        var second = commits.submit(batch(10), () -> called.add("second"));
        var third = commits.submit(batch(10), () -> called.add("third"));
        target.release();

        assertThat(Commits.await(first)).isTrue();
        assertThatThrownBy(() -> Commits.await(second)).isInstanceOf(StorageFailure.class);
        assertThatThrownBy(() -> Commits.await(third)).isInstanceOf(StorageFailure.class);
        assertThat(Commits.await(submit(commits, 10))).isTrue();
        assertThat(called).isEmpty();
    }

    @Test
    void anUnavailableStoreSaysSoToItsCallers() {
        var commits = start(QueueLimits.DEFAULT);
        target.failNextWrite(new StorageUnavailable("thrown by a test"));

        assertThatThrownBy(() -> Commits.await(submit(commits, 10))).isInstanceOf(StorageUnavailable.class);
        assertThat(Commits.await(submit(commits, 10))).isTrue();
    }

    @Test
    void aConditionThatCannotBeReadFailsItsBatchOnly() {
        var commits = start(QueueLimits.DEFAULT);
        target.unreadable = true;
        var conditional = commits.submit(batch(10).requireAbsent(Table.TAGS, Key.EMPTY, Key.EMPTY), () -> {
        });

        assertThat(Commits.await(submit(commits, 10))).isTrue();
        assertThatThrownBy(() -> Commits.await(conditional)).isInstanceOf(StorageFailure.class);
    }

    @Test
    void throwingCallbacksAreCounted() {
        var commits = start(QueueLimits.DEFAULT);
        var batch = commits.submit(batch(10), () -> {
            throw new IllegalStateException("thrown by a test");
        });

        assertThat(Commits.await(batch)).isTrue();
        assertThat(commits.statistics().failedCallbacks()).isEqualTo(1);
    }

    @Test
    void whoWaitsCommitsItselfWhatIsQueued() {
        var commits = start(QueueLimits.DEFAULT);
        var threads = new ArrayList<Thread>();
        var first = commits.enqueue(batch(10), () -> threads.add(Thread.currentThread()));
        var second = commits.enqueue(batch(10), () -> threads.add(Thread.currentThread()));
        assertThat(target.groupSizes).isEmpty();

        assertThat(second.await()).isTrue();
        assertThat(first.await()).isTrue();
        assertThat(target.groupSizes).containsExactly(2);
        assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread());
    }

    @Test
    void whatComesWhileAWaiterCommitsIsLeftToTheThread() throws Exception {
        var commits = start(QueueLimits.DEFAULT);
        target.hold();
        var first = commits.enqueue(batch(10), () -> {
        });
        var waiter = Thread.ofVirtual().start(first::await);
        target.awaitWrite();
        var thread = new CompletableFuture<Thread>();
        var second = commits.enqueue(batch(10), () -> thread.complete(Thread.currentThread()));
        target.release();

        assertThat(second.await()).isTrue();
        assertThat(thread.join()).isNotIn(Thread.currentThread(), waiter);
        assertThat(target.groupSizes).containsExactly(1, 1);
        waiter.join();
    }

    @Test
    void whatNobodyWaitsForGoesWithTheNextBatch() {
        var commits = start(QueueLimits.DEFAULT);
        var called = new ArrayList<String>();
        var _ = commits.enqueue(batch(10), () -> called.add("first"));

        assertThat(Commits.await(commits.submit(batch(10), () -> called.add("second")))).isTrue();
        assertThat(called).containsExactly("first", "second");
    }

    @Test
    void closingCommitsWhatNobodyWaitedFor() {
        var commits = start(QueueLimits.DEFAULT);
        var enqueued = commits.enqueue(batch(10), () -> {
        });
        commits.close();

        assertThat(target.groupSizes).containsExactly(1);
        assertThat(enqueued.await()).isTrue();
    }

    @Test
    void closingWaitsForAWaiterThatCommits() throws Exception {
        var commits = start(QueueLimits.DEFAULT);
        target.hold();
        var enqueued = commits.enqueue(batch(10), () -> {
        });
        var waiter = Thread.ofVirtual().start(enqueued::await);
        target.awaitWrite();
        var closer = Thread.ofPlatform().start(commits::close);
        while (closer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        assertThat(closer.isAlive()).isTrue();
        target.release();
        closer.join();
        waiter.join();
        assertThat(enqueued.await()).isTrue();
    }

    @Test
    void aWaiterIsToldOfAFailureOfItsWrite() {
        var commits = start(QueueLimits.DEFAULT);
        target.failNextWrite(new IllegalStateException("thrown by a test"));
        var enqueued = commits.enqueue(batch(10), () -> {
        });

        assertThatThrownBy(enqueued::await).isInstanceOf(StorageFailure.class);
        assertThat(commits.enqueue(batch(10), () -> {
        }).await()).isTrue();
    }

    @Test
    void aCallbackThatAWaiterRunsCannotCloseTheQueue() {
        var commits = start(QueueLimits.DEFAULT);

        assertThat(commits.enqueue(batch(10), commits::close).await()).isTrue();
        assertThat(commits.statistics().failedCallbacks()).isEqualTo(1);
    }

    @Test
    void aCallbackCannotCloseTheQueue() {
        var commits = start(QueueLimits.DEFAULT);
        var closing = commits.submit(batch(10), commits::close);

        assertThat(Commits.await(closing)).isTrue();
        assertThat(Commits.await(submit(commits, 10))).isTrue();
    }

    private CommitQueue start(QueueLimits limits) {
        var started = CommitQueue.start(target, limits);
        queue = started;
        return started;
    }

    private static CompletableFuture<Boolean> submit(CommitQueue queue, int bytes) {
        return queue.submit(batch(bytes), () -> {
        });
    }

    private static Batch batch(int bytes) {
        return new Batch().put(Table.TAGS, Key.EMPTY, Key.EMPTY, new byte[bytes]);
    }

    /// Remembers the groups it is given, and can be held or made to fail.
    private static final class RecordingTarget implements CommitTarget {

        private final List<Integer> groupSizes = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch writing = new CountDownLatch(1);
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile @Nullable RuntimeException failure;
        private volatile boolean unreadable;

        void hold() {
            gate = new CountDownLatch(1);
        }

        void release() {
            gate.countDown();
        }

        void awaitWrite() throws InterruptedException {
            writing.await();
        }

        void failNextWrite(RuntimeException exception) {
            failure = exception;
        }

        @Override
        public byte @Nullable [] get(Table table, Key partition, Key row) {
            if (unreadable) {
                throw new IllegalStateException("thrown by a test");
            }
            return null;
        }

        @Override
        public void write(List<Batch> batches) {
            var toThrow = failure;
            failure = null;
            if (toThrow != null) {
                throw toThrow;
            }
            groupSizes.add(batches.size());
            writing.countDown();
            try {
                gate.await();
            } catch (InterruptedException interruption) {
                throw new IllegalStateException(interruption);
            }
        }
    }
}
