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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

/// Keys and rows of OUTBOX and OUTBOX_LANES.
final class OutboxTables {

    /// A row that says that a lane may have entries in a place.
    private record LanePlace(LaneName lane, EntryPlace place) {
    }

    private static final int VERSION = 1;
    /// Since then lanes have branches, and entries may lie beside the row of their channel.
    private static final int LANE_VERSION = 2;
    private static final int NUMBER_BYTES = Long.BYTES;
    /// In the place of a bucket, and above all of them.
    private static final long CHANNEL_ROW = Long.MAX_VALUE - 1;

    private final Storage storage;

    OutboxTables(Storage storage) {
        this.storage = storage;
    }

    static void put(Batch batch, OutboxEntry entry) {
        byte[] row = new RowWriter(VERSION).time(entry.since()).text(entry.receiver()).bytes(entry.subject()).toBytes();
        batch.put(Table.OUTBOX, partition(entry), key(entry.lane(), entry.place(), entry.number()), row);
    }

    static void putLane(Batch batch, LaneName lane, EntryPlace place) {
        var row = new RowWriter(LANE_VERSION).name(lane.kind())
                .text(lane.channel())
                .number(bucket(place))
                .text(lane.branch());
        if (place instanceof EntryPlace.ChannelRow(String channelArn)) {
            row.text(channelArn);
        }
        batch.put(Table.OUTBOX_LANES, lanes(lane), laneKey(lane, bucket(place)), row.toBytes());
    }

    static Batch laneRemoval(LaneName lane, EntryPlace place) {
        return new Batch().delete(Table.OUTBOX_LANES, lanes(lane), laneKey(lane, bucket(place)));
    }

    static Batch removal(Collection<OutboxEntry> entries) {
        var removal = new Batch();
        entries.forEach(entry -> removal.delete(Table.OUTBOX, partition(entry),
                key(entry.lane(), entry.place(), entry.number())));
        return removal;
    }

    /// Where a lane may have entries.
    List<EntryPlace> places(LaneName lane) {
        var places = new ArrayList<EntryPlace>();
        Key from = laneKey(lane, 0);
        List<Row> rows;
        do {
            rows = storage.scan(new Scan(Table.OUTBOX_LANES, lanes(lane), from, laneKey(lane, Long.MAX_VALUE),
                    Pages.SWEEP_ROWS, false));
            rows.forEach(row -> places.add(lanePlace(row).place()));
            from = rows.isEmpty() ? from : rows.getLast().key().next();
        } while (rows.size() == Pages.SWEEP_ROWS);
        return places;
    }

    /// The first entries of a lane, in order, wherever they lie.
    ///
    /// @param last no entry behind this one
    List<OutboxEntry> first(LaneName lane, List<EntryPlace> places, EventPosition last, int limit) {
        return places.stream()
                .flatMap(place -> entries(lane, place, EventPosition.START, last, limit).stream())
                .sorted(Comparator.comparing(OutboxEntry::number))
                .limit(limit)
                .toList();
    }

    boolean isEmpty(LaneName lane, EntryPlace place) {
        return entries(lane, place, EventPosition.START, new EventPosition(Long.MAX_VALUE - 1), 1).isEmpty();
    }

    /// How many entries a lane has in a place, up to a number.
    long count(LaneName lane, EntryPlace place, EventPosition last) {
        long count = 0;
        var from = EventPosition.START;
        List<OutboxEntry> some;
        do {
            some = entries(lane, place, from, last, Pages.SWEEP_ROWS);
            count += some.size();
            from = some.isEmpty() ? from : some.getLast().number().plus(1);
        } while (some.size() == Pages.SWEEP_ROWS);
        return count;
    }

    /// Names every lane of a kind that may have entries, with each place where it may have them.
    void forEachLane(OutboxKind kind, BiConsumer<LaneName, EntryPlace> action) {
        Key end = Key.builder().number8(kind.wireId() + 1).build();
        for (int shard = 0; shard < Pages.SHARDS; shard++) {
            Key from = Key.builder().number8(kind.wireId()).build();
            List<Row> rows;
            do {
                rows = storage.scan(new Scan(Table.OUTBOX_LANES, lanes(shard), from, end, Pages.SWEEP_ROWS, false));
                for (Row row : rows) {
                    var lane = lanePlace(row);
                    action.accept(lane.lane(), lane.place());
                }
                from = rows.isEmpty() ? from : rows.getLast().key().next();
            } while (rows.size() == Pages.SWEEP_ROWS);
        }
    }

    private List<OutboxEntry> entries(LaneName lane, EntryPlace place, EventPosition from, EventPosition last,
            int limit) {
        return storage
                .scan(new Scan(Table.OUTBOX, place.partition(lane.channel()), key(lane, place, from),
                        key(lane, place, last.plus(1)), limit, false))
                .stream()
                .map(row -> entry(lane, place, row))
                .toList();
    }

    private static OutboxEntry entry(LaneName lane, EntryPlace place, Row row) {
        byte[] key = row.key().bytes();
        var number = new EventPosition(ByteBuffer.wrap(key, key.length - NUMBER_BYTES, NUMBER_BYTES).getLong());
        var reader = new RowReader(row.value(), VERSION);
        return new OutboxEntry(lane, place, number, reader.time(), reader.text(), reader.bytes());
    }

    private static LanePlace lanePlace(Row row) {
        var reader = new RowReader(row.value(), LANE_VERSION);
        var kind = reader.name(OutboxKind.class);
        String channel = reader.text();
        long bucket = reader.number();
        String branch = reader.version() < LANE_VERSION ? "" : reader.text();
        EntryPlace place = bucket == CHANNEL_ROW
                ? new EntryPlace.ChannelRow(reader.text())
                : new EntryPlace.Bucket(bucket);
        return new LanePlace(new LaneName(kind, channel, branch), place);
    }

    private static long bucket(EntryPlace place) {
        return switch (place) {
            case EntryPlace.Bucket(long bucket) -> bucket;
            case EntryPlace.ChannelRow _ -> CHANNEL_ROW;
        };
    }

    private static Key partition(OutboxEntry entry) {
        return entry.place().partition(entry.channel());
    }

    /// Beside the row of a channel may lie entries of a predecessor with the same ARN.
    private static Key key(LaneName lane, EntryPlace place, EventPosition number) {
        Key.Builder key = Key.builder().number8(lane.kind().wireId());
        if (!lane.branch().isEmpty()) {
            key.text(lane.branch());
        }
        if (place instanceof EntryPlace.ChannelRow) {
            key.text(lane.channel());
        }
        return key.number64(number.micros()).build();
    }

    private static Key lanes(LaneName lane) {
        return lanes(Pages.shardOf(lane.channel()));
    }

    private static Key lanes(int shard) {
        return Key.builder().text("outbox").number8(shard).build();
    }

    private static Key laneKey(LaneName lane, long bucket) {
        Key.Builder key = Key.builder().number8(lane.kind().wireId()).text(lane.channel());
        if (!lane.branch().isEmpty()) {
            key.text(lane.branch());
        }
        return key.number64(bucket).build();
    }
}
