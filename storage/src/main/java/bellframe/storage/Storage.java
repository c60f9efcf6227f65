package bellframe.storage;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Ordered rows in partitions, atomic and durable by the batch.
///
/// A partition is named by its key alone: rows of several tables whose partition keys are equal are one partition and
/// may share a conditional batch. Calls may come from any thread. Reads see every batch whose future has completed.
public interface Storage extends AutoCloseable {

    /// The row's value, or null if there is none.
    ///
    /// @throws StorageFailure if the store cannot be read
    byte @Nullable [] get(Table table, Key partition, Key row);

    /// At most `limit` rows in scan order.
    ///
    /// @throws StorageFailure if the store cannot be read
    List<Row> scan(Scan scan);

    /// Queues a batch. Batches are applied in the order in which they are queued, and their futures complete in that
    /// order, on the one thread that commits at the time: dependents of a future must be short and must not block. A caller
    /// that needs work done in commit order passes it as `committed`, which runs on that thread, before the future
    /// completes, if and only if the batch was written.
    ///
    /// The future is true once the batch is durable, false if a condition did not hold; it fails with
    /// [StorageUnavailable] (nothing written) or [StorageFailure].
    CompletableFuture<Boolean> submit(Batch batch, Runnable committed);

    /// Queues a batch as [#submit] does, for a caller that goes on to wait for it. Only then, or with the next batch that
    /// is submitted, need anything become of it: whoever waits and finds nobody committing does so itself, which spares the
    /// hand-over to another thread and back. Callbacks may so run on any waiting thread, with what it has locked.
    default Commit enqueue(Batch batch, Runnable committed) {
        var commit = submit(batch, committed);
        return () -> Commits.await(commit);
    }

    /// Queues a batch and waits.
    ///
    /// @return false if a condition did not hold
    default boolean commit(Batch batch) {
        return enqueue(batch, () -> {
        }).await();
    }

    /// Completes what is queued, then releases everything.
    @Override
    void close();
}
