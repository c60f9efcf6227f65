package bellframe.storage.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import bellframe.storage.StorageTooNew;
import bellframe.storage.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// The names of column families: one per [Table], called by the table's wire id.
final class Families {

    private static final String DEFAULT = new String(RocksDB.DEFAULT_COLUMN_FAMILY, UTF_8);

    /// Families of tables that are no more; what they hold is not needed, and they are dropped.
    static final Set<String> RETIRED = Set.of("table-14", "table-17");

    private Families() {
    }

    static String name(Table table) {
        return "table-" + table.wireId();
    }

    /// Whether the folder holds a database.
    static boolean exist(Path folder) {
        return Files.exists(folder.resolve("CURRENT"));
    }

    /// The families of a database, which need not exist yet; RocksDB insists on its default one, which stays empty.
    ///
    /// @throws StorageTooNew if one of them is of no table of ours
    static List<String> existing(Path folder) throws RocksDBException {
        if (!exist(folder)) {
            return List.of(DEFAULT);
        }
        try (var options = new Options()) {
            var names = new ArrayList<String>();
            for (byte[] name : RocksDB.listColumnFamilies(options, folder.toString())) {
                names.add(new String(name, UTF_8));
            }
            requireKnown(names, folder);
            return names;
        }
    }

    private static void requireKnown(List<String> names, Path folder) {
        var known = byName();
        for (String name : names) {
            if (!name.equals(DEFAULT) && !known.containsKey(name) && !RETIRED.contains(name)) {
                throw new StorageTooNew("the store in " + folder + " has the table \"" + name
                        + "\", which this version does not know; use the version that wrote it");
            }
        }
    }

    static Map<String, Table> byName() {
        var tables = new HashMap<String, Table>();
        Arrays.stream(Table.values()).forEach(table -> tables.put(name(table), table));
        return tables;
    }

    static List<ColumnFamilyDescriptor> descriptors(List<String> names, Settings settings) {
        return names.stream().map(name -> new ColumnFamilyDescriptor(name.getBytes(UTF_8), settings.of(name))).toList();
    }
}
