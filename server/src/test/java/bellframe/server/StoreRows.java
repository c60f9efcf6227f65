package bellframe.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import bellframe.storage.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// Counts the rows of a store that no server has open, past our own code.
final class StoreRows {

    private StoreRows() {
    }

    /// How many rows each table of a data folder's store has; tables without rows are left out.
    static Map<Table, Integer> count(Path dataFolder) {
        String store = dataFolder.resolve("store").toString();
        RocksDB.loadLibrary();
        try (var options = new Options(); var database = new DBOptions()) {
            List<ColumnFamilyDescriptor> families = RocksDB.listColumnFamilies(options, store)
                    .stream()
                    .map(ColumnFamilyDescriptor::new)
                    .toList();
            var handles = new ArrayList<ColumnFamilyHandle>();
            try (RocksDB rocks = RocksDB.openReadOnly(database, store, families, handles)) {
                return count(rocks, handles);
            }
        } catch (RocksDBException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Map<Table, Integer> count(RocksDB rocks, List<ColumnFamilyHandle> handles) throws RocksDBException {
        Map<Table, Integer> counts = new EnumMap<>(Table.class);
        for (ColumnFamilyHandle handle : handles) {
            String name = new String(handle.getName(), UTF_8);
            int rows = 0;
            try (var iterator = rocks.newIterator(handle)) {
                for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
                    rows++;
                }
            }
            for (Table table : Table.values()) {
                if (rows > 0 && name.equals("table-" + table.wireId())) {
                    counts.put(table, rows);
                }
            }
        }
        return counts;
    }
}
