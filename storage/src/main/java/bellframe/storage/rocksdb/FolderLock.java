package bellframe.storage.rocksdb;

import bellframe.storage.StorageFailure;
import bellframe.storage.StorageLocked;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The file that says which process uses a data folder.
///
/// The operating system drops the lock when the process ends, however it ends. On Linux it drops it too when the
/// process closes any other channel of the file, so folders this process holds are also remembered in memory.
final class FolderLock implements AutoCloseable {

    private static final String FILE = "lock";
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /// Locks an existing folder and writes this process's id into the lock file.
    ///
    /// @throws StorageLocked if it is locked
    static FolderLock acquire(Path folder) {
        try {
            return acquireReal(folder.toRealPath());
        } catch (IOException failure) {
            throw new StorageFailure("the data folder " + folder + " cannot be locked", failure);
        }
    }

    private static FolderLock acquireReal(Path folder) throws IOException {
        if (!HELD.add(folder)) {
            throw new StorageLocked("the data folder " + folder + " is in use by this process");
        }
        boolean acquired = false;
        try {
            var lock = lockFile(folder);
            acquired = true;
            return lock;
        } finally {
            if (!acquired) {
                HELD.remove(folder);
            }
        }
    }

    private static FolderLock lockFile(Path folder) throws IOException {
        var channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean acquired = false;
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new StorageLocked("the data folder " + folder + " is in use by process " + owner(folder));
            }
            writeOwner(channel);
            acquired = true;
            return new FolderLock(folder, channel);
        } finally {
            if (!acquired) {
                channel.close();
            }
        }
    }

    private static String owner(Path folder) throws IOException {
        return Files.readString(folder.resolve(FILE)).strip();
    }

    private static void writeOwner(FileChannel channel) throws IOException {
        channel.truncate(0);
        var owner = ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII));
        while (owner.hasRemaining()) {
            channel.write(owner);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new StorageFailure("the data folder " + folder + " cannot be unlocked", failure);
        } finally {
            HELD.remove(folder);
        }
    }
}
