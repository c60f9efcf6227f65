package bellframe.testing;

import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.StorageUnavailable;
import bellframe.storage.Table;
import bellframe.storage.memory.MemoryStorage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A store that does something between two steps of somebody else, or refuses a batch.
public final class HookedStorage implements Storage {

    public final MemoryStorage rows = new MemoryStorage();
    public final AtomicReference<@Nullable Runnable> afterMessageRead = new AtomicReference<>();
    public final AtomicReference<@Nullable Runnable> afterNothingToHandOver = new AtomicReference<>();
    public final AtomicReference<@Nullable Runnable> beforeMetaWrite = new AtomicReference<>();
    public final AtomicReference<@Nullable Predicate<Batch>> refuseOnce = new AtomicReference<>();
    public final AtomicInteger rowsRead = new AtomicInteger();

    @Override
    public byte @Nullable [] get(Table table, Key partition, Key row) {
        byte[] value = rows.get(table, partition, row);
        Runnable hook = table == Table.MESSAGES ? afterMessageRead.getAndSet(null) : null;
        if (hook != null) {
            hook.run();
        }
        return value;
    }

    @Override
    public List<Row> scan(Scan scan) {
        List<Row> found = rows.scan(scan);
        rowsRead.addAndGet(found.size());
        Runnable hook = scan.table() == Table.OUTBOX && found.isEmpty()
                ? afterNothingToHandOver.getAndSet(null)
                : null;
        if (hook != null) {
            hook.run();
        }
        return found;
    }

    @Override
    public CompletableFuture<Boolean> submit(Batch batch, Runnable committed) {
        boolean meta = batch.writes().stream().anyMatch(write -> write.table() == Table.META);
        Runnable hook = meta ? beforeMetaWrite.getAndSet(null) : null;
        if (hook != null) {
            hook.run();
        }
        Predicate<Batch> refuse = refuseOnce.get();
        if (refuse != null && refuse.test(batch)) {
            refuseOnce.set(null);
            return CompletableFuture.failedFuture(new StorageUnavailable("for a moment"));
        }
        return rows.submit(batch, committed);
    }

    @Override
    public void close() {
        rows.close();
    }
}
