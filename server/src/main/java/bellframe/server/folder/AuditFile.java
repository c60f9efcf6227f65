package bellframe.server.folder;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A file of lines that only its owner may read. When it is large its name gets a number and a new one begins; the oldest
/// is deleted.
///
/// A line is written whole or, if the disk has no room for it, not at all.
public final class AuditFile implements AutoCloseable {

    private final Path path;
    private final long maxBytes;
    private final int keptMax;
    private final Lock lock = new ReentrantLock();
    private @Nullable RandomAccessFile file;
    private long length;

    /// @param maxBytes how large it becomes
    /// @param keptMax how many earlier ones are kept
    public AuditFile(Path path, long maxBytes, int keptMax) {
        this.path = path;
        this.maxBytes = maxBytes;
        this.keptMax = keptMax;
    }

    /// Adds a line.
    ///
    /// @throws IOException if it cannot be written; the next one may be
    public void append(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        lock.lock();
        try {
            append(bytes);
        } finally {
            lock.unlock();
        }
    }

    private void append(byte[] bytes) throws IOException {
        RandomAccessFile current = current();
        if (length > 0 && length + bytes.length > maxBytes) {
            rollOver();
            current = current();
        }
        try {
            current.write(bytes);
            length += bytes.length;
        } catch (IOException full) {
            takeBack(current);
            throw full;
        }
    }

    /// Removes what was written of a line. What cannot be removed stays behind as a line of its own.
    private void takeBack(RandomAccessFile current) throws IOException {
        file = null;
        try (current) {
            current.setLength(length);
        }
    }

    private RandomAccessFile current() throws IOException {
        if (file == null) {
            file = open();
        }
        return file;
    }

    private RandomAccessFile open() throws IOException {
        if (Files.exists(path)) {
            OwnerOnly.tighten(path);
        } else {
            Files.createFile(path, OwnerOnly.fileAttributes(path));
        }
        var opened = new RandomAccessFile(path.toFile(), "rw");
        length = opened.length();
        if (length > 0) {
            opened.seek(length - 1);
            // A process that ended in the middle of a line leaves it without its end.
            if (opened.read() != '\n') {
                opened.write('\n');
                length++;
            }
        }
        return opened;
    }

    private void rollOver() throws IOException {
        close();
        for (int number = keptMax; number > 0; number--) {
            Path younger = number == 1 ? path : numbered(number - 1);
            if (Files.exists(younger)) {
                Files.move(younger, numbered(number), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path numbered(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            RandomAccessFile opened = file;
            file = null;
            if (opened != null) {
                opened.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
