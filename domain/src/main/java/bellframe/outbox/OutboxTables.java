package bellframe.outbox;

import bellframe.names.EventPosition;
import bellframe.rows.Pages;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Keys and rows of OUTBOX and OUTBOX_LANES.
final class OutboxTables {

    /// A row that says that a lane may have entries in a time bucket.
    record LaneBucket(LaneName lane, long bucket) {
    }

    private static final int VERSION = 1;
    private static final int NUMBER_BYTES = Long.BYTES;

    private final Storage storage;

    OutboxTables(Storage storage) {
        this.storage = storage;
    }

    static void put(Batch batch, OutboxEntry entry) {
        byte[] row = new RowWriter(VERSION).time(entry.since()).text(entry.receiver()).bytes(entry.subject()).toBytes();
        batch.put(Table.OUTBOX, partition(entry.channel(), entry.bucket()), key(entry.kind(), entry.number()), row);
    }

    static void putLane(Batch batch, LaneName lane, long bucket) {
        batch.put(Table.OUTBOX_LANES, lanes(lane), laneKey(lane, bucket),
                new RowWriter(VERSION).name(lane.kind()).text(lane.channel()).number(bucket).toBytes());
    }

    static Batch laneRemoval(LaneName lane, long bucket) {
        return new Batch().delete(Table.OUTBOX_LANES, lanes(lane), laneKey(lane, bucket));
    }

    void remove(OutboxEntry entry) {
        storage.commit(new Batch().delete(Table.OUTBOX, partition(entry.channel(), entry.bucket()),
                key(entry.kind(), entry.number())));
    }

    /// The first bucket, from one on, in which a lane may have entries; null if there is none.
    @Nullable
    Long bucket(LaneName lane, long from) {
        List<Row> rows = storage.scan(
                new Scan(Table.OUTBOX_LANES, lanes(lane), laneKey(lane, from), laneKey(lane, Long.MAX_VALUE), 1,
                        false));
        return rows.isEmpty() ? null : laneBucket(rows.getFirst()).bucket();
    }

    /// The first entries of a lane in a bucket, in order.
    List<OutboxEntry> first(LaneName lane, long bucket, int limit) {
        return entries(lane, bucket, EventPosition.START, null, limit);
    }

    /// How many entries a lane has in a bucket, up to a number.
    long count(LaneName lane, long bucket, EventPosition last) {
        long count = 0;
        var from = EventPosition.START;
        List<OutboxEntry> some;
        do {
            some = entries(lane, bucket, from, last, Pages.SWEEP_ROWS);
            count += some.size();
            from = some.isEmpty() ? from : some.getLast().number().plus(1);
        } while (some.size() == Pages.SWEEP_ROWS);
        return count;
    }

    /// Names every lane that may have entries, with each bucket in which it may have them.
    void forEachLane(BiConsumer<LaneName, Long> action) {
        for (int shard = 0; shard < Pages.SHARDS; shard++) {
            Key from = null;
            List<Row> rows;
            do {
                rows = storage.scan(Scan.ascending(Table.OUTBOX_LANES, lanes(shard), from, Pages.SWEEP_ROWS));
                for (Row row : rows) {
                    var lane = laneBucket(row);
                    action.accept(lane.lane(), lane.bucket());
                }
                from = rows.isEmpty() ? null : rows.getLast().key().next();
            } while (rows.size() == Pages.SWEEP_ROWS);
        }
    }

    private List<OutboxEntry> entries(LaneName lane, long bucket, EventPosition from, @Nullable EventPosition last,
            int limit) {
        Key end = last == null
                ? Key.builder().number8(lane.kind().wireId() + 1).build()
                : key(lane.kind(), last.plus(1));
        return storage
                .scan(new Scan(Table.OUTBOX, partition(lane.channel(), bucket), key(lane.kind(), from), end, limit,
                        false))
                .stream()
                .map(row -> entry(lane, bucket, row))
                .toList();
    }

    private static OutboxEntry entry(LaneName lane, long bucket, Row row) {
        byte[] key = row.key().bytes();
        var number = new EventPosition(ByteBuffer.wrap(key, key.length - NUMBER_BYTES, NUMBER_BYTES).getLong());
        var reader = new RowReader(row.value(), VERSION);
        return new OutboxEntry(lane.kind(), lane.channel(), bucket, number, reader.time(), reader.text(),
                reader.bytes());
    }

    private static LaneBucket laneBucket(Row row) {
        var reader = new RowReader(row.value(), VERSION);
        var kind = reader.name(OutboxKind.class);
        return new LaneBucket(new LaneName(kind, reader.text()), reader.number());
    }

    /// The partition of the channel's messages in this bucket.
    private static Key partition(String channel, long bucket) {
        return Key.builder().text(channel).number64(bucket).build();
    }

    private static Key key(OutboxKind kind, EventPosition number) {
        return Key.builder().number8(kind.wireId()).number64(number.micros()).build();
    }

    private static Key lanes(LaneName lane) {
        return lanes(Pages.shardOf(lane.channel()));
    }

    private static Key lanes(int shard) {
        return Key.builder().text("outbox").number8(shard).build();
    }

    private static Key laneKey(LaneName lane, long bucket) {
        return Key.builder().number8(lane.kind().wireId()).text(lane.channel()).number64(bucket).build();
    }
}
