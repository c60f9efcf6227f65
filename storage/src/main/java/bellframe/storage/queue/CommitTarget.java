package bellframe.storage.queue;

import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a [CommitQueue] writes to; called by one thread at a time.
public interface CommitTarget {

    /// The row's value, or null if there is none; used to evaluate conditions.
    byte @Nullable [] get(Table table, Key partition, Key row);

    /// Writes all the batches or none of them, in order, and returns when they are durable.
    ///
    /// @throws bellframe.storage.StorageUnavailable if nothing was written
    /// @throws bellframe.storage.StorageFailure if it is unknown whether they were written
    void write(List<Batch> batches);
}
