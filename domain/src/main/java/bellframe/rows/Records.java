package bellframe.rows;

import bellframe.refusals.Refused;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The records of one table, one row each; what was read lately is kept in memory, also that there was nothing.
///
/// Changes made through this class are seen by the next [#find]; whoever writes the table in a batch of another kind
/// passes that batch to [#commit].
///
/// @param <K> what a record is found by
/// @param <V> the record
public final class Records<K, V> {

    /// One cache takes at most this part of the heap, so that all of them leave half of it.
    private static final long HEAP_SHARES = 32;
    /// What a record takes in memory, with its key and what it refers to; measured on memberships.
    private static final long RECORD_BYTES = 1_024;

    /// How the records of a table are kept.
    ///
    /// @param partition where the record of a key lies
    /// @param row and which row it is there
    public record Layout<K, V>(
            Function<K, Key> partition,
            Function<K, Key> row,
            Function<V, byte[]> write,
            BiFunction<K, byte[], V> read) {
    }

    /// A record, and its row as it was read, to change it if it still is that.
    public record Stored<V>(V value, byte[] row) {
    }

    private final Storage storage;
    private final Table table;
    private final Layout<K, V> layout;
    private final Cache<K, Optional<V>> cache;

    /// @param cachedMax how many are kept in memory, fewer if the heap is small
    public Records(Storage storage, Table table, Layout<K, V> layout, int cachedMax) {
        this.storage = storage;
        this.table = table;
        this.layout = layout;
        this.cache = Caffeine.newBuilder()
                .maximumSize(Math.min(cachedMax, heapAllows()))
                // Its upkeep is little work, and waking another thread for it more.
                .executor(Runnable::run)
                .build();
    }

    private static long heapAllows() {
        return Runtime.getRuntime().maxMemory() / HEAP_SHARES / RECORD_BYTES;
    }

    /// The record, perhaps from memory; null if there is none.
    public @Nullable V find(K key) {
        return cache.get(key, missing -> Optional.ofNullable(read(missing)).map(Stored::value)).orElse(null);
    }

    /// The record as the store has it now; null if there is none.
    public @Nullable Stored<V> read(K key) {
        byte[] row = storage.get(table, partition(key), row(key));
        return row == null ? null : new Stored<>(layout.read().apply(key, row), row);
    }

    /// Writes a record where there must be none.
    ///
    /// @return false if there is one
    public boolean insert(K key, V value) {
        return commit(key, new Batch().requireAbsent(table, partition(key), row(key))
                .put(table, partition(key), row(key), layout.write().apply(value)));
    }

    /// Writes a record whatever there was.
    public void put(K key, V value) {
        commit(key, put(new Batch(), key, value));
    }

    /// Adds the writing of a record to a batch.
    public Batch put(Batch batch, K key, V value) {
        return batch.put(table, partition(key), row(key), layout.write().apply(value));
    }

    /// Writes a record in the place of another.
    ///
    /// @return false if there is not exactly that other record any more
    public boolean replace(K key, Stored<V> old, V changed) {
        return commit(key, requireSame(key, old).put(table, partition(key), row(key),
                layout.write().apply(changed)));
    }

    /// Changes a record as if nobody else changed it meanwhile.
    ///
    /// @param absent why there is nothing to change, should there be nothing
    /// @param change may refuse
    public V change(K key, Supplier<Refused> absent, UnaryOperator<V> change) {
        while (true) {
            Stored<V> old = read(key);
            if (old == null) {
                throw absent.get();
            }
            V changed = change.apply(old.value());
            if (changed.equals(old.value()) || replace(key, old, changed)) {
                return changed;
            }
        }
    }

    /// Removes a record, if there is one.
    public void remove(K key) {
        commit(key, remove(new Batch(), key));
    }

    /// Adds the removal of a record to a batch.
    public Batch remove(Batch batch, K key) {
        return batch.delete(table, partition(key), row(key));
    }

    /// Removes exactly this record.
    ///
    /// @return false if there is another, or none
    public boolean remove(K key, Stored<V> old) {
        return commit(key, remove(requireSame(key, old), key));
    }

    /// Commits a change of a record and forgets what is remembered of it, also if the outcome is unknown.
    ///
    /// @return false if a condition of the batch did not hold
    public boolean commit(K changed, Batch batch) {
        try {
            return storage.commit(batch);
        } finally {
            forget(changed);
        }
    }

    /// Forgets what is remembered of a record.
    public void forget(K key) {
        cache.invalidate(key);
    }

    private Key partition(K key) {
        return layout.partition().apply(key);
    }

    private Key row(K key) {
        return layout.row().apply(key);
    }

    private Batch requireSame(K key, Stored<V> old) {
        return new Batch().requireEqual(table, partition(key), row(key), old.row());
    }
}
