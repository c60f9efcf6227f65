package bellframe.bench;

import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Takes every batch for committed and forgets it, so that what leads up to a commit can be measured alone, and with the
/// same request for ever. What is to be done once a batch is committed is not done: that is up to another thread.
///
/// @param rows what is read
record UnwrittenStorage(Storage rows) implements Storage {

    @Override
    public byte @Nullable [] get(Table table, Key partition, Key row) {
        return rows.get(table, partition, row);
    }

    @Override
    public List<Row> scan(Scan scan) {
        return rows.scan(scan);
    }

    @Override
    public CompletableFuture<Boolean> submit(Batch batch, Runnable committed) {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public void close() {
        rows.close();
    }
}
