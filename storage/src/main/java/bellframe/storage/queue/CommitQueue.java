package bellframe.storage.queue;

import bellframe.storage.Batch;
import bellframe.storage.StorageFailure;
import bellframe.storage.StorageUnavailable;
import bellframe.storage.queue.CommitGroup.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commits batches in the order they are submitted, as many at once as have come while the last ones were written.
///
/// One thread takes everything that waits, writes it as one group, then for each batch in order runs its callback and
/// completes its future. A conditional batch whose partition the group has touched first closes the group, so that its
/// conditions are read from what is durable.
public final class CommitQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CommitQueue.class);

    private final CommitTarget target;
    private final QueueLimits limits;
    private final Thread thread;
    private final LongAdder committed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failedCallbacks = new LongAdder();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by lock. Counts include the group being written, so that the bounds hold for all that is in memory.
    private List<Waiting> queue = new ArrayList<>();
    private int waitingBatches;
    private long waitingBytes;
    private boolean closing;

    private CommitQueue(CommitTarget target, QueueLimits limits) {
        this.target = target;
        this.limits = limits;
        this.thread = Thread.ofPlatform().daemon().name("bellframe-commit").unstarted(this::run);
    }

    /// Starts the committing thread.
    public static CommitQueue start(CommitTarget target, QueueLimits limits) {
        var queue = new CommitQueue(target, limits);
        queue.thread.start();
        return queue;
    }

    /// Queues a batch; see [bellframe.storage.Storage#submit].
    ///
    /// @throws IllegalArgumentException if a conditional batch touches a second partition
    public CompletableFuture<Boolean> submit(Batch batch, Runnable callback) {
        batch.check();
        var waiting = Waiting.of(batch, callback);
        lock.lock();
        try {
            if (closing) {
                return CompletableFuture.failedFuture(new StorageUnavailable("the store is closed"));
            }
            if (isFull(waiting)) {
                refused.increment();
                return CompletableFuture.failedFuture(new StorageUnavailable("too much waits to be committed"));
            }
            enqueue(waiting);
        } finally {
            lock.unlock();
        }
        return waiting.answer();
    }

    private boolean isFull(Waiting next) {
        return waitingBatches >= limits.batches()
                || (waitingBatches > 0 && waitingBytes + next.bytes() > limits.bytes());
    }

    private void enqueue(Waiting waiting) {
        queue.add(waiting);
        waitingBatches++;
        waitingBytes += waiting.bytes();
        changed.signal();
    }

    public QueueStatistics statistics() {
        lock.lock();
        try {
            return new QueueStatistics(waitingBatches, waitingBytes, committed.sum(), refused.sum(),
                    failedCallbacks.sum());
        } finally {
            lock.unlock();
        }
    }

    /// Commits what waits, then ends the thread; what is submitted from now on is refused.
    ///
    /// @throws IllegalStateException if called by a callback, which the thread would wait for forever
    @Override
    public void close() {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("a store must not be closed by its own committing thread");
        }
        lock.lock();
        try {
            closing = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        joinThread();
    }

    private void joinThread() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException interruption) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (var taken = take(); !taken.isEmpty(); taken = take()) {
            commit(taken);
        }
    }

    /// Everything that waits, once there is something; nothing once the queue is closed and drained.
    private List<Waiting> take() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closing) {
                changed.awaitUninterruptibly();
            }
            var taken = queue;
            queue = new ArrayList<>();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void commit(List<Waiting> taken) {
        var group = new CommitGroup();
        for (var waiting : taken) {
            if (waiting.isConditional() && group.touches(waiting.partition())) {
                finish(group);
                group = new CommitGroup();
            }
            group.add(waiting, waiting.isConditional() ? evaluate(waiting.batch()) : new Outcome.Written());
        }
        finish(group);
    }

    private Outcome evaluate(Batch batch) {
        try {
            return batch.conditions().stream().allMatch(this::holds)
                    ? new Outcome.Written()
                    : new Outcome.ConditionFailed();
        } catch (StorageFailure | StorageUnavailable failure) {
            return new Outcome.Unreadable(failure);
        } catch (RuntimeException | Error failure) {
            return new Outcome.Unreadable(new StorageFailure("a condition could not be read", failure));
        }
    }

    private boolean holds(Batch.Condition condition) {
        byte[] found = target.get(condition.table(), condition.partition(), condition.row());
        byte[] expected = condition.expected();
        return expected == null ? found == null : found != null && Arrays.equals(found, expected);
    }

    private void finish(CommitGroup group) {
        var failure = group.write(target);
        if (failure instanceof StorageFailure unknown && !unknown.isDiskFull()) {
            LOG.error("a group of {} batches failed to be written", group.writes().size(), failure);
        }
        for (var member : group.members()) {
            release(member.waiting());
            switch (member.outcome()) {
                case Outcome.Written _ when failure != null -> member.waiting().answer().completeExceptionally(failure);
                case Outcome.Written _ -> succeed(member.waiting());
                case Outcome.ConditionFailed _ -> member.waiting().answer().complete(false);
                case Outcome.Unreadable(var cause) -> member.waiting().answer().completeExceptionally(cause);
            }
        }
    }

    private void succeed(Waiting waiting) {
        committed.increment();
        try {
            waiting.committed().run();
        } catch (RuntimeException | Error failure) {
            failedCallbacks.increment();
            LOG.error("a callback of a committed batch failed", failure);
        }
        waiting.answer().complete(true);
    }

    private void release(Waiting waiting) {
        lock.lock();
        try {
            waitingBatches--;
            waitingBytes -= waiting.bytes();
        } finally {
            lock.unlock();
        }
    }
}
