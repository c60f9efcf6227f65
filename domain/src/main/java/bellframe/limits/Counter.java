package bellframe.limits;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Knows how many rows of a kind somebody has, so that one more than a limit can be refused without counting each time.
///
/// The rows are counted when somebody's number is first asked for, and kept in step from then on: take room before a row
/// is written, give it back after it was removed or could not be written.
///
/// @param <K> whose rows are counted
public final class Counter<K> {

    private static final int CACHED_MAX = 100_000;
    private static final int READ_ROWS = 1_000;

    /// Up to this many rows are counted while the caller waits; a larger limit is not enforced before the rows have been
    /// counted in the background.
    private static final int COUNTED_AT_ONCE_MAX = 1_000_000;

    /// How many rows somebody has.
    public static final class Count {

        private final AtomicLong rows = new AtomicLong();
        private volatile boolean complete;
    }

    private final Storage storage;
    private final Limit limit;
    private final Table table;
    private final Function<K, List<Key>> partitions;
    private final Cache<K, Count> counts = Caffeine.newBuilder().maximumSize(CACHED_MAX).build();

    /// @param partitions which partitions of the table hold somebody's rows
    public Counter(Storage storage, Limit limit, Table table, Function<K, List<Key>> partitions) {
        this.storage = storage;
        this.limit = limit;
        this.table = table;
        this.partitions = partitions;
    }

    /// Makes sure that there is room for one more row, and takes it.
    ///
    /// @throws Refused with [Refusal#RESOURCE_LIMIT_EXCEEDED] if there is none
    public void take(K owner) {
        if (!takeIfRoom(owner)) {
            throw new Refused(Refusal.RESOURCE_LIMIT_EXCEEDED);
        }
    }

    /// Takes room for one more row.
    ///
    /// @return false if there is none
    public boolean takeIfRoom(K owner) {
        Count count = counts.get(owner, this::counted);
        long rows = count.rows.incrementAndGet();
        if (count.complete && rows > limit.value()) {
            count.rows.decrementAndGet();
            return false;
        }
        return true;
    }

    /// What is known of somebody's rows; ask before removing one, for [#give].
    public @Nullable Count known(K owner) {
        return counts.getIfPresent(owner);
    }

    /// A row was removed.
    ///
    /// @param before what was known before the removal: a count made since may have seen the row, or not
    public void give(K owner, @Nullable Count before) {
        if (before != null && before == counts.getIfPresent(owner)) {
            before.rows.decrementAndGet();
        } else {
            forget(owner);
        }
    }

    /// Nobody knows whether the rows that room was taken for were written: they are counted again when next asked for.
    public void forget(K owner) {
        counts.invalidate(owner);
    }

    private Count counted(K owner) {
        var count = new Count();
        if (limit.value() <= COUNTED_AT_ONCE_MAX) {
            count(owner, count);
        } else {
            Thread.startVirtualThread(() -> count(owner, count));
        }
        return count;
    }

    private void count(K owner, Count count) {
        for (Key partition : partitions.apply(owner)) {
            Key from = null;
            List<Row> rows;
            do {
                rows = storage.scan(Scan.ascending(table, partition, from, READ_ROWS));
                count.rows.addAndGet(rows.size());
                if (!rows.isEmpty()) {
                    from = rows.getLast().key().next();
                }
            } while (rows.size() == READ_ROWS);
        }
        count.complete = true;
    }
}
