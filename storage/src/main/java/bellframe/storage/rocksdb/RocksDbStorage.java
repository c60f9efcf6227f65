package bellframe.storage.rocksdb;

import bellframe.storage.Batch;
import bellframe.storage.Commit;
import bellframe.storage.CommitListener;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.StorageFailure;
import bellframe.storage.StorageStatistics;
import bellframe.storage.Table;
import bellframe.storage.queue.CommitQueue;
import bellframe.storage.queue.CommitTarget;
import bellframe.storage.rocksdb.Database.Reach;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The [Storage] of a single machine: RocksDB in a folder that belongs to one process at a time.
public final class RocksDbStorage implements Storage {

    private static final String STORE = "store";

    private final FolderLock lock;
    private final Database database;
    private final Path files;
    private final LongSupplier freeBytes;
    private final Gate gate = new Gate();
    private final DiskReaders readers;
    private final CommitQueue queue;

    private RocksDbStorage(RocksDbOptions options, FolderLock lock, Path files, Database database) {
        this.lock = lock;
        this.files = files;
        this.database = database;
        this.freeBytes = options.freeBytes();
        this.readers = new DiskReaders(options.readThreads());
        this.queue = CommitQueue.start(new Rows(options), options.queueLimits());
    }

    /// Opens the store in the options' folder; makes folder and store if they are missing.
    ///
    /// @throws bellframe.storage.StorageLocked if the folder is in use
    /// @throws bellframe.storage.StorageTooNew if a newer version made the store
    /// @throws StorageFailure if the store cannot be opened, or is damaged
    public static RocksDbStorage open(RocksDbOptions options) {
        createFolder(options.folder());
        var lock = FolderLock.acquire(options.folder());
        boolean opened = false;
        try {
            var files = options.folder().resolve(STORE);
            createFolder(files);
            var storage = new RocksDbStorage(options, lock, files, Database.open(files, options.memoryBytes()));
            opened = true;
            return storage;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder, ownerOnly());
        } catch (IOException failure) {
            throw new StorageFailure("the folder " + folder + " cannot be made", failure);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rwx------"))}
                : new FileAttribute<?>[0];
    }

    @Override
    public byte @Nullable [] get(Table table, Key partition, Key row) {
        return read(reach -> database.get(table, partition, row, reach));
    }

    @Override
    public List<Row> scan(Scan scan) {
        return read(reach -> database.scan(scan, reach));
    }

    /// Reads on this thread if memory has everything, otherwise where waiting for the disk does no harm.
    private <T extends @Nullable Object> T read(Function<Reach, T> read) {
        try {
            return gate.pass(() -> read.apply(Reach.MEMORY));
        } catch (NotInMemory miss) {
            return readers.call(() -> gate.pass(() -> read.apply(Reach.DISK)));
        }
    }

    @Override
    public CompletableFuture<Boolean> submit(Batch batch, Runnable committed) {
        return queue.submit(batch, committed);
    }

    @Override
    public Commit enqueue(Batch batch, Runnable committed) {
        return queue.enqueue(batch, committed);
    }

    /// Copies the store, while it is in use, as it is at one moment: with every batch whose future has completed, and each
    /// of the others whole or not at all. The copy can be opened like the store.
    ///
    /// @param target the folder to make; it must not exist, its parent must
    /// @throws StorageFailure if it cannot be made; what there is of it then is of no use
    public void copyTo(Path target) {
        readers.call(() -> gate.pass(() -> {
            database.copyTo(target);
            return target;
        }));
    }

    public StorageStatistics statistics() {
        var queued = queue.statistics();
        return new StorageStatistics(queued.waiting(), queued.waitingBytes(), queued.committed(), queued.refused(),
                queued.failedCallbacks(), diskBytes(), freeBytes.getAsLong());
    }

    private long diskBytes() {
        File[] present = files.toFile().listFiles();
        return present == null ? 0 : Arrays.stream(present).mapToLong(File::length).sum();
    }

    @Override
    public void close() {
        queue.close();
        if (gate.close()) {
            readers.close();
            database.close();
            lock.close();
        }
    }

    /// Called by whoever commits, which nobody does any more when the database is closed; so it needs no gate.
    private final class Rows implements CommitTarget {

        private final DiskSpace space;
        private final LongSupplier nanoTime;
        private final CommitListener listener;

        Rows(RocksDbOptions options) {
            this.space = new DiskSpace(options);
            this.nanoTime = options.nanoTime();
            this.listener = options.listener();
        }

        @Override
        public byte @Nullable [] get(Table table, Key partition, Key row) {
            return database.get(table, partition, row, Reach.DISK);
        }

        @Override
        public void write(List<Batch> batches) {
            space.require();
            long began = nanoTime.getAsLong();
            long bytes = writeOrRunOut(batches);
            space.wrote();
            listener.committed(batches.size(), bytes, nanoTime.getAsLong() - began);
        }

        private long writeOrRunOut(List<Batch> batches) {
            try {
                return database.write(batches);
            } catch (StorageFailure failure) {
                if (failure.isDiskFull()) {
                    space.ranOut();
                }
                throw failure;
            }
        }
    }
}
