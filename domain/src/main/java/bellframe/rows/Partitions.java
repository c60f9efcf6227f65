package bellframe.rows;

import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Empties partitions.
public final class Partitions {

    private Partitions() {
    }

    /// Removes all rows of one table from a partition that nobody writes to any more, a batch at a time.
    public static void empty(Storage storage, Table table, Key partition) {
        emptyBefore(storage, table, partition, null);
    }

    /// Removes the rows of one table below a row, to which nobody writes any more, a batch at a time.
    ///
    /// @param end the first row to keep; null for none
    public static void emptyBefore(Storage storage, Table table, Key partition, @Nullable Key end) {
        List<Row> rows = some(storage, table, partition, end);
        while (!rows.isEmpty()) {
            var removal = new Batch();
            rows.forEach(row -> removal.delete(table, partition, row.key()));
            storage.commit(removal);
            rows = some(storage, table, partition, end);
        }
    }

    private static List<Row> some(Storage storage, Table table, Key partition, @Nullable Key end) {
        return storage.scan(new Scan(table, partition, null, end, Pages.SWEEP_ROWS, false));
    }
}
