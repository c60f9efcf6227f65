package bellframe.storage.rocksdb;

import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.StorageFailure;
import bellframe.storage.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;
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

    private final NativeObjects nativeObjects;
    private final Settings settings;
    private final RocksDB rocks;
    private final AcknowledgedMark mark;
    private final Map<Table, ColumnFamilyHandle> families = new EnumMap<>(Table.class);

    private Database(Path folder, Settings settings, NativeObjects nativeObjects, AcknowledgedMark mark)
            throws RocksDBException {
        this.nativeObjects = nativeObjects;
        this.mark = mark;
        this.settings = settings;
        this.rocks = openExisting(folder);
        createMissingFamilies();
        writeFormat();
    }

    /// Opens the database in an existing folder, and makes it if there is none.
    ///
    /// @throws bellframe.storage.StorageTooNew if a newer version made it
    /// @throws StorageFailure if it cannot be opened, or is damaged, or lacks what was acknowledged
    static Database open(Path folder, long memoryBytes) {
        RocksDB.loadLibrary();
        try {
            long acknowledged = AcknowledgedMark.read(folder);
            Inspection.requireSound(folder, acknowledged);
            return openSound(folder, memoryBytes, AcknowledgedMark.recovery(acknowledged));
        } catch (RocksDBException failure) {
            throw new StorageFailure("the store in " + folder + " cannot be opened: " + failure.getMessage(), failure);
        }
    }

    private static Database openSound(Path folder, long memoryBytes, WALRecoveryMode recovery)
            throws RocksDBException {
        var nativeObjects = new NativeObjects();
        var mark = AcknowledgedMark.open(folder);
        boolean opened = false;
        try {
            var settings = new Settings(memoryBytes, recovery, nativeObjects);
            var database = new Database(folder, settings, nativeObjects, mark);
            opened = true;
            return database;
        } finally {
            if (!opened) {
                nativeObjects.close();
                mark.close();
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
            } else if (Families.RETIRED.contains(names.get(i))) {
                opened.dropColumnFamily(handles.get(i));
            }
        }
        return opened;
    }

    private void createMissingFamilies() throws RocksDBException {
        var missing = Arrays.stream(Table.values()).filter(table -> !families.containsKey(table)).toList();
        var handles = rocks.createColumnFamilies(
                Families.descriptors(missing.stream().map(Families::name).toList(), settings));
        for (int i = 0; i < missing.size(); i++) {
            families.put(missing.get(i), nativeObjects.keep(handles.get(i)));
        }
    }

    private void writeFormat() {
        if (get(Table.META, StoreFormat.PARTITION, StoreFormat.ROW, Reach.DISK) == null) {
            write(List.of(new Batch().put(Table.META, StoreFormat.PARTITION, StoreFormat.ROW,
                    StoreFormat.row(StoreFormat.CURRENT))));
        }
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
            mark.move(rocks.getLatestSequenceNumber());
            return group.getDataSize();
        } catch (RocksDBException failure) {
            throw unwritten(failure);
        }
    }

    /// Makes a copy of the database as it is at one moment, with everything acknowledged so far, in a folder that must not
    /// exist. Files that never change again are linked where the file system can, others copied.
    void copyTo(Path target) {
        long acknowledged = rocks.getLatestSequenceNumber();
        try (var checkpoint = Checkpoint.create(rocks)) {
            checkpoint.createCheckpoint(target.toString());
        } catch (RocksDBException failure) {
            throw new StorageFailure("the store cannot be copied to " + target + ": " + failure.getMessage(), failure);
        }
        try (var copied = AcknowledgedMark.open(target)) {
            copied.move(acknowledged);
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

    private static StorageFailure unwritten(RocksDBException failure) {
        var status = failure.getStatus();
        boolean diskFull = status != null && status.getSubCode() == Status.SubCode.NoSpace;
        return diskFull
                ? StorageFailure.diskFull("the store cannot be written for want of disk space", failure)
                : new StorageFailure("the store cannot be written", failure);
    }

    @Override
    public void close() {
        nativeObjects.close();
        mark.close();
    }
}
