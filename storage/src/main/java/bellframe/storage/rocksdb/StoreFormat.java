package bellframe.storage.rocksdb;

import bellframe.storage.Key;
import java.nio.ByteBuffer;

/// The number that says how a store's rows lie on disk; it stands in the store's META row.
///
/// A change that older versions would misread raises it. A new table does not: versions that do not know the table
/// refuse the store for that.
public final class StoreFormat {

    public static final int CURRENT = 1;

    static final Key PARTITION = Key.of("meta");
    static final Key ROW = Key.of("format");

    private StoreFormat() {
    }

    static byte[] row(int format) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(format).array();
    }

    static int number(byte[] row) {
        return ByteBuffer.wrap(row).getInt();
    }
}
