package bellframe.storage.queue;

import bellframe.storage.Batch;
import bellframe.storage.Commit;
import bellframe.storage.Commits;
import bellframe.storage.StorageUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Commits batches in the order they are submitted, as many at once as have come while the last ones were written.
///
/// One thread at a time takes everything that waits, writes it as one group, then for each batch in order runs its
/// callback and completes its future. That is the queue's own thread, or, while nobody is at it, whoever waits for a batch
/// of its own: a lone writer then needs no other thread. What came meanwhile is left to the queue's thread, so that nobody
/// works long for others.
public final class CommitQueue implements AutoCloseable {

    /// A request that writes to disk keeps a carrier of virtual threads, of which there is one for each processor.
    private static final boolean WAITERS_COMMIT = Runtime.getRuntime().availableProcessors() > 1;

    private final QueueLimits limits;
    private final Committer committer;
    private final Thread thread;
    private final LongAdder refused = new LongAdder();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by lock. Counts include the group being written, so that the bounds hold for all that is in memory.
    private List<Waiting> queue = new ArrayList<>();
    private int waitingBatches;
    private long waitingBytes;
    private boolean closing;
    private @Nullable Thread committing;

    private CommitQueue(CommitTarget target, QueueLimits limits) {
        this.limits = limits;
        this.committer = new Committer(target, this::release);
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
        return submit(batch, callback, true);
    }

    /// Queues a batch that somebody is going to wait for; see [bellframe.storage.Storage#enqueue].
    ///
    /// @throws IllegalArgumentException if a conditional batch touches a second partition
    public Commit enqueue(Batch batch, Runnable callback) {
        var answer = submit(batch, callback, !WAITERS_COMMIT);
        return () -> {
            if (WAITERS_COMMIT) {
                commitUnlessSomebodyDoes();
            }
            return Commits.await(answer);
        };
    }

    private CompletableFuture<Boolean> submit(Batch batch, Runnable callback, boolean wake) {
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
            enqueue(waiting, wake);
        } finally {
            lock.unlock();
        }
        return waiting.answer();
    }

    private boolean isFull(Waiting next) {
        return waitingBatches >= limits.batches()
                || (waitingBatches > 0 && waitingBytes + next.bytes() > limits.bytes());
    }

    private void enqueue(Waiting waiting, boolean wake) {
        queue.add(waiting);
        waitingBatches++;
        waitingBytes += waiting.bytes();
        if (wake) {
            wakeThread();
        }
    }

    /// Whoever commits right now looks for more when done.
    private void wakeThread() {
        if (committing == null) {
            changed.signal();
        }
    }

    public QueueStatistics statistics() {
        lock.lock();
        try {
            return new QueueStatistics(waitingBatches, waitingBytes, committer.committed(), refused.sum(),
                    committer.failedCallbacks());
        } finally {
            lock.unlock();
        }
    }

    /// Commits what waits, then ends the thread; what is submitted from now on is refused.
    ///
    /// @throws IllegalStateException if called by a callback, which would be waited for forever
    @Override
    public void close() {
        lock.lock();
        try {
            if (Thread.currentThread() == committing) {
                throw new IllegalStateException("a store must not be closed by the thread that commits to it");
            }
            closing = true;
            wakeThread();
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
        for (var taken = awaitMore(); !taken.isEmpty(); taken = awaitMore()) {
            commit(taken);
        }
    }

    private void commitUnlessSomebodyDoes() {
        var taken = takeUnlessSomebodyCommits();
        if (!taken.isEmpty()) {
            commit(taken);
        }
    }

    private void commit(List<Waiting> taken) {
        try {
            committer.commit(taken);
        } finally {
            lock.lock();
            try {
                committing = null;
                if (closing || !queue.isEmpty()) {
                    wakeThread();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /// Everything that waits, once there is something; nothing once the queue is closed and drained.
    private List<Waiting> awaitMore() {
        lock.lock();
        try {
            while (committing != null || (queue.isEmpty() && !closing)) {
                changed.awaitUninterruptibly();
            }
            return take();
        } finally {
            lock.unlock();
        }
    }

    private List<Waiting> takeUnlessSomebodyCommits() {
        lock.lock();
        try {
            return committing == null ? take() : List.of();
        } finally {
            lock.unlock();
        }
    }

    /// Takes everything that waits; this thread then commits.
    private List<Waiting> take() {
        if (queue.isEmpty()) {
            return List.of();
        }
        var taken = queue;
        queue = new ArrayList<>();
        committing = Thread.currentThread();
        return taken;
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
