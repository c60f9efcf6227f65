package bellframe.storage.rocksdb;

import bellframe.storage.StorageFailure;
import bellframe.storage.StorageTooNew;
import bellframe.storage.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// A look at a store that changes nothing in it, before it is opened for writing.
///
/// Opening for writing puts the log's rows into files and deletes it; what is wrong with a store must be found before
/// that, while everything is still there for a closer look.
final class Inspection {

    private static final long MEMORY_BYTES = 8L << 20;

    private final Path folder;
    private final RocksDB rocks;
    private final List<String> names;
    private final List<ColumnFamilyHandle> handles;

    private Inspection(Path folder, RocksDB rocks, List<String> names, List<ColumnFamilyHandle> handles) {
        this.folder = folder;
        this.rocks = rocks;
        this.names = names;
        this.handles = handles;
    }

    /// Refuses a store that this version must not or cannot open; a folder without one is sound.
    ///
    /// @param acknowledged the store's mark
    /// @throws StorageTooNew if a newer version made the store
    /// @throws StorageFailure if the store has lost writes that were acknowledged, or has a log that cannot be read to its
    ///         end
    /// @throws RocksDBException if the store cannot be read
    static void requireSound(Path folder, long acknowledged) throws RocksDBException {
        if (!Families.exist(folder)) {
            return;
        }
        LogRecords.requireReadable(folder);
        var names = Families.existing(folder);
        try (var nativeObjects = new NativeObjects()) {
            var settings = new Settings(MEMORY_BYTES, AcknowledgedMark.recovery(acknowledged), nativeObjects);
            var handles = new ArrayList<ColumnFamilyHandle>();
            var rocks = nativeObjects.keep(RocksDB.openReadOnly(settings.database, folder.toString(),
                    Families.descriptors(names, settings), handles));
            handles.forEach(nativeObjects::keep);
            var inspection = new Inspection(folder, rocks, names, handles);
            inspection.requireKnownFormat();
            inspection.requireAll(acknowledged);
        }
    }

    private void requireKnownFormat() throws RocksDBException {
        int meta = names.indexOf(Families.name(Table.META));
        byte[] row = meta < 0
                ? null
                : rocks.get(handles.get(meta), RowKey.of(StoreFormat.PARTITION, StoreFormat.ROW));
        int format = row == null ? StoreFormat.CURRENT : StoreFormat.number(row);
        if (format > StoreFormat.CURRENT) {
            throw new StorageTooNew("the store in " + folder + " has format " + format + ", this version knows "
                    + StoreFormat.CURRENT + "; use the version that wrote it");
        }
    }

    private void requireAll(long acknowledged) {
        long present = rocks.getLatestSequenceNumber();
        if (present < acknowledged) {
            throw new StorageFailure(
                    "the store in " + folder + " has lost acknowledged writes: its log ends with write "
                            + present + ", but " + acknowledged
                            + " were acknowledged. Nothing was changed; restore a backup, or"
                            + " remove " + AcknowledgedMark.file(folder) + " to go on without what is lost");
        }
    }
}
