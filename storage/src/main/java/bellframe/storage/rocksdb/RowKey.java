package bellframe.storage.rocksdb;

import bellframe.storage.Key;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// How a partition and a row become one RocksDB key: checksum of the partition, its length, itself, the row.
///
/// The length makes partitions contiguous and apart even if one's key begins with another's. The checksum is the fixed
/// number of leading bytes that RocksDB's prefix bloom filters need; two partitions may share one, which costs a
/// needless read and nothing else.
final class RowKey {

    static final int PREFIX_BYTES = Integer.BYTES;

    private RowKey() {
    }

    static byte[] of(Key partition, Key row) {
        byte[] start = partition.bytes();
        byte[] end = row.bytes();
        return ByteBuffer.allocate(PREFIX_BYTES + Short.BYTES + start.length + end.length)
                .putInt(checksum(start))
                .putShort((short) start.length)
                .put(start)
                .put(end)
                .array();
    }

    /// What every key of the partition begins with, itself the key of the partition's first possible row.
    static byte[] start(Key partition) {
        return of(partition, Key.EMPTY);
    }

    /// The lowest key above every key of the partition that starts so.
    ///
    /// Lengths are at most [Key#MAX_BYTES], so adding one never carries into the checksum.
    static byte[] end(byte[] start) {
        byte[] end = start.clone();
        int last = end.length - 1;
        while (end[last] == (byte) 0xFF) {
            last--;
        }
        end[last]++;
        return Arrays.copyOf(end, last + 1);
    }

    /// Whether a key is of the partition that starts so.
    static boolean isWithin(byte[] key, byte[] start) {
        return key.length >= start.length && Arrays.mismatch(key, 0, start.length, start, 0, start.length) < 0;
    }

    /// The row's part of a key of the partition that starts so.
    static Key row(byte[] key, byte[] start) {
        return Key.ofBytes(Arrays.copyOfRange(key, start.length, key.length));
    }

    private static int checksum(byte[] partition) {
        var checksum = new CRC32C();
        checksum.update(partition);
        return (int) checksum.getValue();
    }
}
