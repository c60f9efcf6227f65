package bellframe.messages;

import bellframe.names.Position;
import bellframe.rows.Pages;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

/// Knows when runs are to be looked at again: hints, written before the runs, of which some may have become pointless.
final class FlowDeadlines {

    private static final int VERSION = 1;
    private static final String NAME = "flow-deadlines";
    private static final Key FACTS = Key.of(NAME);
    private static final Key FIRST_DAY = Key.of("first-day");
    private static final long MILLIS_PER_DAY = Duration.ofDays(1).toMillis();

    private final Storage storage;
    /// The first day of which there may be rows; written by who sweeps. Deadlines before it, of runs that began when the
    /// clock had stepped back, lie with those of this day.
    private volatile long firstDay;

    /// @param now when a store that never had deadlines begins to have them
    FlowDeadlines(Storage storage, Instant now) {
        this.storage = storage;
        byte[] row = storage.get(Table.META, FACTS, FIRST_DAY);
        if (row == null) {
            begin(day(now));
        } else {
            firstDay = new RowReader(row, VERSION).number();
        }
    }

    private void begin(long day) {
        storage.commit(new Batch().put(Table.META, FACTS, FIRST_DAY, new RowWriter(VERSION).number(day).toBytes()));
        firstDay = day;
    }

    void put(Batch batch, Instant deadline, String incarnation, Position position) {
        Key key = Key.builder()
                .number64(deadline.toEpochMilli())
                .text(incarnation)
                .number64(position.micros())
                .build();
        long day = Math.max(day(deadline), firstDay);
        batch.put(Table.FLOW_DEADLINES, partition(day, Pages.shardOf(incarnation)), key,
                new RowWriter(VERSION).text(incarnation).number(position.micros()).toBytes());
    }

    /// Has every run looked at whose time has come, and forgets these times. What fails is looked at again the next time.
    ///
    /// @param look gets the incarnation of the run's channel and its position
    void due(Instant now, BiConsumer<String, Position> look) {
        long today = Math.max(day(now), firstDay);
        for (long day = firstDay; day <= today; day++) {
            for (int shard = 0; shard < Pages.SHARDS; shard++) {
                due(partition(day, shard), now, look);
            }
        }
        if (today > firstDay) {
            begin(today);
        }
    }

    private void due(Key partition, Instant now, BiConsumer<String, Position> look) {
        Key end = Key.builder().number64(now.toEpochMilli() + 1).build();
        List<Row> rows = some(partition, end);
        while (!rows.isEmpty()) {
            var removal = new Batch();
            for (Row row : rows) {
                var reader = new RowReader(row.value(), VERSION);
                look.accept(reader.text(), new Position(reader.number()));
                removal.delete(Table.FLOW_DEADLINES, partition, row.key());
            }
            storage.commit(removal);
            rows = some(partition, end);
        }
    }

    private List<Row> some(Key partition, Key end) {
        return storage.scan(new Scan(Table.FLOW_DEADLINES, partition, null, end, Pages.SWEEP_ROWS, false));
    }

    private static Key partition(long day, int shard) {
        return Key.builder().text(NAME).number64(day).number8(shard).build();
    }

    private static long day(Instant time) {
        return Math.floorDiv(time.toEpochMilli(), MILLIS_PER_DAY);
    }
}
