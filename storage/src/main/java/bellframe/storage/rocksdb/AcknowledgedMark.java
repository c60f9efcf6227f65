package bellframe.storage.rocksdb;

import bellframe.storage.StorageFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.rocksdb.WALRecoveryMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sequence number up to which writes were acknowledged, in a file beside RocksDB's own.
///
/// RocksDB takes a log that ends early for one whose last write was torn, and cannot know that more had been promised.
/// The mark does. It is written after the log is on disk and not forced to disk itself: after a power loss it may be
/// behind, which proves less but is never wrong.
final class AcknowledgedMark implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AcknowledgedMark.class);
    private static final String FILE = "ACKNOWLEDGED";
    private static final int BYTES = 2 * Long.BYTES;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    private boolean writable = true;

    private AcknowledgedMark(FileChannel channel) {
        this.channel = channel;
    }

    static Path file(Path folder) {
        return folder.resolve(FILE);
    }

    /// The mark of the store in a folder; 0 where there is none, or none that can be made out.
    ///
    /// @throws StorageFailure if there is one that cannot be read
    static long read(Path folder) {
        Path file = file(folder);
        try {
            byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            return bytes.length == BYTES ? checked(ByteBuffer.wrap(bytes), file) : 0;
        } catch (IOException failure) {
            throw new StorageFailure("the mark " + file + " cannot be read", failure);
        }
    }

    /// The number stands there twice, the second time with every bit turned round.
    private static long checked(ByteBuffer bytes, Path file) {
        long sequence = bytes.getLong();
        if (bytes.getLong() != ~sequence) {
            LOG.warn("the mark {} is damaged and says nothing", file);
            return 0;
        }
        return sequence;
    }

    /// How RocksDB is to read a log whose mark is known. It stops at the first damage or gap then, and what it reached is
    /// compared with the mark; without a mark it must refuse any damage but a last record that ends early.
    static WALRecoveryMode recovery(long acknowledged) {
        return acknowledged > 0
                ? WALRecoveryMode.PointInTimeRecovery
                : WALRecoveryMode.TolerateCorruptedTailRecords;
    }

    /// Opens the mark of the store in a folder for writing.
    static AcknowledgedMark open(Path folder) {
        try {
            return new AcknowledgedMark(FileChannel.open(file(folder), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE));
        } catch (IOException failure) {
            throw new StorageFailure("the mark of the store in " + folder + " cannot be written", failure);
        }
    }

    /// Moves the mark. A mark that cannot be moved stays behind, which takes nothing away from what is stored; it is
    /// logged once.
    void move(long sequence) {
        buffer.clear().putLong(sequence).putLong(~sequence).flip();
        try {
            channel.write(buffer, 0);
            writable = true;
        } catch (IOException failure) {
            if (writable) {
                LOG.warn("the mark of acknowledged writes cannot be moved", failure);
            }
            writable = false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new StorageFailure("the mark of acknowledged writes cannot be closed", failure);
        }
    }
}
