package bellframe.storage.rocksdb;

import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.StorageFailure;
import bellframe.storage.StorageTooNew;
import bellframe.storage.Table;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;

/// An open RocksDB and its column families.
///
/// Calls may come from any thread, but none after [#close] has begun: native memory is gone then.
final class Database implements AutoCloseable {

    /// How far a read may go.
    enum Reach {
        /// write buffers and block cache; throws [NotInMemory] if that is not enough
        MEMORY,
        /// files too
        DISK
    }

    private static final int FORMAT = 1;
    private static final Key FORMAT_PARTITION = Key.of("meta");
    private static final Key FORMAT_ROW = Key.of("format");

    private final NativeObjects nativeObjects;
    private final Settings settings;
    private final RocksDB rocks;
    private final Map<Table, ColumnFamilyHandle> families = new EnumMap<>(Table.class);

    private Database(Path folder, long memoryBytes, NativeObjects nativeObjects) throws RocksDBException {
        this.nativeObjects = nativeObjects;
        this.settings = new Settings(memoryBytes, nativeObjects);
        this.rocks = openExisting(folder);
        requireFormat(folder);
        createMissingFamilies();
        writeFormat();
    }

    /// Opens the database in an existing folder, and makes it if there is none.
    ///
    /// @throws StorageTooNew if a newer version made it
    /// @throws StorageFailure if it cannot be opened, or is damaged
    static Database open(Path folder, long memoryBytes) {
        RocksDB.loadLibrary();
        var nativeObjects = new NativeObjects();
        boolean opened = false;
        try {
            var database = new Database(folder, memoryBytes, nativeObjects);
            opened = true;
            return database;
        } catch (RocksDBException failure) {
            throw new StorageFailure("the store in " + folder + " cannot be opened: " + failure.getMessage(), failure);
        } finally {
            if (!opened) {
                nativeObjects.close();
            }
        }
    }

    private RocksDB openExisting(Path folder) throws RocksDBException {
        var names = Families.existing(folder);
        var handles = new ArrayList<ColumnFamilyHandle>();
        var opened = nativeObjects.keep(RocksDB.open(settings.database, folder.toString(),
                Families.descriptors(names, settings), handles));
        handles.forEach(nativeObjects::keep);
        var tables = Families.byName();
        for (int i = 0; i < names.size(); i++) {
            Table table = tables.get(names.get(i));
            if (table != null) {
                families.put(table, handles.get(i));
            }
        }
        return opened;
    }

    private void requireFormat(Path folder) {
        byte[] stored = families.containsKey(Table.META) ? get(Table.META, FORMAT_PARTITION, FORMAT_ROW) : null;
        int format = stored == null ? FORMAT : ByteBuffer.wrap(stored).getInt();
        if (format > FORMAT) {
            throw new StorageTooNew("the store in " + folder + " has format " + format + ", this version knows "
                    + FORMAT + "; use the version that wrote it");
        }
    }

    private void createMissingFamilies() throws RocksDBException {
        var missing = Arrays.stream(Table.values()).filter(table -> !families.containsKey(table)).toList();
        var handles = rocks.createColumnFamilies(settings.family, missing.stream().map(Families::nameBytes).toList());
        for (int i = 0; i < missing.size(); i++) {
            families.put(missing.get(i), nativeObjects.keep(handles.get(i)));
        }
    }

    private void writeFormat() {
        if (get(Table.META, FORMAT_PARTITION, FORMAT_ROW) == null) {
            byte[] format = ByteBuffer.allocate(Integer.BYTES).putInt(FORMAT).array();
            write(List.of(new Batch().put(Table.META, FORMAT_PARTITION, FORMAT_ROW, format)));
        }
    }

    private byte @Nullable [] get(Table table, Key partition, Key row) {
        return get(table, partition, row, Reach.DISK);
    }

    byte @Nullable [] get(Table table, Key partition, Key row, Reach reach) {
        try {
            return rocks.get(family(table), options(reach), RowKey.of(partition, row));
        } catch (RocksDBException failure) {
            throw unread(failure);
        }
    }

    List<Row> scan(Scan scan, Reach reach) {
        try (var rows = rocks.newIterator(family(scan.table()), options(reach))) {
            var found = new PartitionCursor(rows, scan).read();
            rows.status();
            return found;
        } catch (RocksDBException failure) {
            throw unread(failure);
        }
    }

    /// Writes the batches as one and waits for the disk.
    ///
    /// @return how many bytes were written to the log
    long write(List<Batch> batches) {
        try (var group = new WriteBatch()) {
            for (var batch : batches) {
                for (var write : batch.writes()) {
                    add(group, write);
                }
            }
            rocks.write(settings.writes, group);
            return group.getDataSize();
        } catch (RocksDBException failure) {
            throw new StorageFailure("the store cannot be written", failure);
        }
    }

    private void add(WriteBatch group, Batch.Write write) throws RocksDBException {
        byte[] key = RowKey.of(write.partition(), write.row());
        byte[] value = write.value();
        if (value == null) {
            group.delete(family(write.table()), key);
        } else {
            group.put(family(write.table()), key, value);
        }
    }

    private ColumnFamilyHandle family(Table table) {
        var family = families.get(table);
        if (family == null) {
            throw new IllegalStateException("no column family for " + table);
        }
        return family;
    }

    private ReadOptions options(Reach reach) {
        return switch (reach) {
            case MEMORY -> settings.memoryReads;
            case DISK -> settings.diskReads;
        };
    }

    private static RuntimeException unread(RocksDBException failure) {
        var status = failure.getStatus();
        if (status != null && status.getCode() == Status.Code.Incomplete) {
            return new NotInMemory();
        }
        return new StorageFailure("the store cannot be read", failure);
    }

    @Override
    public void close() {
        nativeObjects.close();
    }
}
