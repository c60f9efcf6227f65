package bellframe.storage;

import org.jspecify.annotations.Nullable;

/// Which rows of one table's partition to read, and in what order.
///
/// @param from where to begin, inclusive; null for the first row in scan order
/// @param to where to stop, exclusive; null for no end
/// @param limit the most rows to return, at least 1
/// @param descending whether to walk from higher keys to lower; `from` is then the highest key wanted
public record Scan(Table table, Key partition, @Nullable Key from, @Nullable Key to, int limit, boolean descending) {

    public Scan {
        if (limit < 1) {
            throw new IllegalArgumentException("limit is " + limit + ", must be 1 or more");
        }
    }

    public static Scan ascending(Table table, Key partition, @Nullable Key from, int limit) {
        return new Scan(table, partition, from, null, limit, false);
    }

    public static Scan descending(Table table, Key partition, @Nullable Key from, int limit) {
        return new Scan(table, partition, from, null, limit, true);
    }
}
