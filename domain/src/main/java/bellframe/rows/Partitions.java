package bellframe.rows;

import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.util.List;

/// Empties partitions.
public final class Partitions {

    private Partitions() {
    }

    /// Removes all rows of one table from a partition that nobody writes to any more, a batch at a time.
    public static void empty(Storage storage, Table table, Key partition) {
        List<Row> rows = some(storage, table, partition);
        while (!rows.isEmpty()) {
            var removal = new Batch();
            rows.forEach(row -> removal.delete(table, partition, row.key()));
            storage.commit(removal);
            rows = some(storage, table, partition);
        }
    }

    private static List<Row> some(Storage storage, Table table, Key partition) {
        return storage.scan(Scan.ascending(table, partition, null, Pages.SWEEP_ROWS));
    }
}
