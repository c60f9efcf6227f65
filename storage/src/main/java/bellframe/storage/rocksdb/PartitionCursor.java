package bellframe.storage.rocksdb;

import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.RocksIterator;

/// Walks one partition's rows in scan order.
final class PartitionCursor {

    private final RocksIterator rows;
    private final Scan scan;
    private final byte[] start;

    PartitionCursor(RocksIterator rows, Scan scan) {
        this.rows = rows;
        this.scan = scan;
        this.start = RowKey.start(scan.partition());
    }

    /// The rows of the scan; if the iterator has failed, only the first of them, so its status must be asked after.
    List<Row> read() {
        var found = new ArrayList<Row>();
        seek();
        while (found.size() < scan.limit() && rows.isValid()) {
            byte[] key = rows.key();
            if (!RowKey.isWithin(key, start)) {
                break;
            }
            var row = RowKey.row(key, start);
            if (isPastEnd(row)) {
                break;
            }
            found.add(new Row(row, rows.value()));
            step();
        }
        return found;
    }

    private void seek() {
        Key from = scan.from();
        if (!scan.descending()) {
            rows.seek(from == null ? start : RowKey.of(scan.partition(), from));
        } else if (from != null) {
            rows.seekForPrev(RowKey.of(scan.partition(), from));
        } else {
            seekLast();
        }
    }

    private void seekLast() {
        byte[] end = RowKey.end(start);
        rows.seekForPrev(end);
        if (rows.isValid() && Arrays.equals(rows.key(), end)) {
            rows.prev();
        }
    }

    private void step() {
        if (scan.descending()) {
            rows.prev();
        } else {
            rows.next();
        }
    }

    private boolean isPastEnd(Key row) {
        Key to = scan.to();
        return to != null && (scan.descending() ? row.compareTo(to) <= 0 : row.compareTo(to) >= 0);
    }
}
