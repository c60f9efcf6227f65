package bellframe.storage.rocksdb;

import bellframe.storage.StorageFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// A look at the records of RocksDB's logs before RocksDB reads them.
///
/// A record says of what kind it is, and some kinds belong to logs that are written over old ones, as ours never are.
/// RocksDB believes such a record before it looks at the checksum, and reads it for ever (seen with 10.10.1).
final class LogRecords {

    /// A log is made of blocks of this size; no record begins where a head has no room.
    private static final int BLOCK_BYTES = 32 << 10;

    /// A record's head: 4 bytes checksum of what follows the length, 2 bytes length, 1 byte kind.
    private static final int HEAD_BYTES = 7;
    private static final int LENGTH_AT = 4;
    private static final int KIND_AT = 6;

    /// The kinds of records in logs that are written over old ones.
    private static final Set<Integer> RECYCLED = Set.of(5, 6, 7, 8, 11, 131);

    /// Checksums are stored turned round and moved by this much, lest a checksum of checksums be a bad one.
    private static final int CHECKSUM_SHIFT = 0xA282EAD8;
    private static final int CHECKSUM_ROTATION = 15;

    private LogRecords() {
    }

    /// Refuses a store with a record that RocksDB could not read past.
    ///
    /// @throws StorageFailure if there is one, or a log cannot be read
    static void requireReadable(Path folder) {
        for (Path log : logs(folder)) {
            try (var channel = FileChannel.open(log)) {
                requireReadable(log, channel.map(MapMode.READ_ONLY, 0, channel.size()).order(ByteOrder.LITTLE_ENDIAN));
            } catch (IOException failure) {
                throw new StorageFailure("the log " + log + " cannot be read", failure);
            }
        }
    }

    private static List<Path> logs(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> isLog(file.getFileName().toString())).toList();
        } catch (IOException failure) {
            throw new StorageFailure("the store in " + folder + " cannot be read", failure);
        }
    }

    private static boolean isLog(String name) {
        return name.endsWith(".log") || name.startsWith("MANIFEST-");
    }

    /// Goes from record to record as far as their checksums hold; what is wrong behind that, RocksDB sees.
    private static void requireReadable(Path log, ByteBuffer bytes) {
        int at = 0;
        while (at + HEAD_BYTES <= bytes.limit()) {
            int room = BLOCK_BYTES - at % BLOCK_BYTES;
            if (room < HEAD_BYTES) {
                at += room;
                continue;
            }
            int length = Short.toUnsignedInt(bytes.getShort(at + LENGTH_AT));
            int end = at + HEAD_BYTES + length;
            if (RECYCLED.contains(Byte.toUnsignedInt(bytes.get(at + KIND_AT)))) {
                throw new StorageFailure("the log " + log + " is damaged at byte " + at
                        + ". Nothing was changed; restore a backup");
            }
            if (end > bytes.limit() || bytes.getInt(at) != checksum(bytes.slice(at + KIND_AT, length + 1))) {
                return;
            }
            at = end;
        }
    }

    private static int checksum(ByteBuffer bytes) {
        var checksum = new CRC32C();
        checksum.update(bytes);
        return Integer.rotateLeft((int) checksum.getValue(), 32 - CHECKSUM_ROTATION) + CHECKSUM_SHIFT;
    }
}
