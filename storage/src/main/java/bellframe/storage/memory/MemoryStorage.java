package bellframe.storage.memory;

import bellframe.storage.Batch;
import bellframe.storage.Commit;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.StorageUnavailable;
import bellframe.storage.Table;
import bellframe.storage.queue.CommitQueue;
import bellframe.storage.queue.CommitTarget;
import bellframe.storage.queue.QueueLimits;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// A [Storage] in memory, with the order, the atomicity and the commits of the stores that keep their rows.
public final class MemoryStorage implements Storage {

    /// One table's share of a partition.
    private record Place(Table table, Key partition) {
    }

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    // Guarded by lock.
    private final Map<Place, TreeMap<Key, byte[]>> places = new HashMap<>();
    private boolean closed;

    private final CommitQueue queue;

    public MemoryStorage() {
        this(QueueLimits.DEFAULT);
    }

    public MemoryStorage(QueueLimits limits) {
        queue = CommitQueue.start(new Rows(), limits);
    }

    @Override
    public byte @Nullable [] get(Table table, Key partition, Key row) {
        lock.readLock().lock();
        try {
            requireOpen();
            byte[] value = rows(table, partition).get(row);
            return value == null ? null : value.clone();
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public List<Row> scan(Scan scan) {
        lock.readLock().lock();
        try {
            requireOpen();
            return inScanOrder(scan).entrySet()
                    .stream()
                    .limit(scan.limit())
                    .map(entry -> new Row(entry.getKey(), entry.getValue().clone()))
                    .toList();
        } finally {
            lock.readLock().unlock();
        }
    }

    /// How many rows each table has; tables without rows are left out.
    public Map<Table, Integer> rowCounts() {
        lock.readLock().lock();
        try {
            Map<Table, Integer> counts = new EnumMap<>(Table.class);
            places.forEach((place, rows) -> {
                if (!rows.isEmpty()) {
                    counts.merge(place.table(), rows.size(), Integer::sum);
                }
            });
            return counts;
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public CompletableFuture<Boolean> submit(Batch batch, Runnable committed) {
        return queue.submit(batch, committed);
    }

    @Override
    public Commit enqueue(Batch batch, Runnable committed) {
        return queue.enqueue(batch, committed);
    }

    @Override
    public void close() {
        queue.close();
        lock.writeLock().lock();
        try {
            closed = true;
            places.clear();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new StorageUnavailable("the store is closed");
        }
    }

    private NavigableMap<Key, byte[]> rows(Table table, Key partition) {
        return places.getOrDefault(new Place(table, partition), new TreeMap<>());
    }

    private NavigableMap<Key, byte[]> inScanOrder(Scan scan) {
        var rows = rows(scan.table(), scan.partition());
        var ordered = scan.descending() ? rows.descendingMap() : rows;
        Comparator<Key> order = scan.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        Key from = scan.from();
        Key to = scan.to();
        if (from != null && to != null && order.compare(from, to) >= 0) {
            return new TreeMap<>();
        }
        var started = from == null ? ordered : ordered.tailMap(from, true);
        return to == null ? started : started.headMap(to, false);
    }

    /// Called by whoever commits.
    private final class Rows implements CommitTarget {

        @Override
        public byte @Nullable [] get(Table table, Key partition, Key row) {
            return MemoryStorage.this.get(table, partition, row);
        }

        @Override
        public void write(List<Batch> batches) {
            lock.writeLock().lock();
            try {
                batches.forEach(batch -> batch.writes().forEach(this::apply));
            } finally {
                lock.writeLock().unlock();
            }
        }

        private void apply(Batch.Write write) {
            byte[] value = write.value();
            if (value == null) {
                rows(write.table(), write.partition()).remove(write.row());
            } else {
                places.computeIfAbsent(new Place(write.table(), write.partition()), _ -> new TreeMap<>())
                        .put(write.row(), value.clone());
            }
        }
    }
}
