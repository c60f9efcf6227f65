package bellframe.server.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A process's hold on a data folder. The operating system ends it with the process, however that ends.
public final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static FolderLock take(Path file) {
        try {
            var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var channel = FileChannel.open(file, options, OwnerOnly.fileAttributes(file));
            if (tryLock(channel) == null) {
                channel.close();
                throw new FolderLocked(message(file));
            }
            writeProcessId(channel);
            return new FolderLock(channel);
        } catch (IOException problem) {
            throw new FolderUnusable("the data folder's lock " + file + " cannot be taken: " + problem, problem);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static void writeProcessId(FileChannel channel) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    private static String message(Path file) throws IOException {
        return "the data folder " + file.getParent() + " is in use by process " + Files.readString(file).strip()
                + "; stop that server or choose another folder with --data";
    }

    /// Lets go of the folder.
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
