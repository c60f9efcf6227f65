package bellframe.changes;

import bellframe.names.EventPosition;
import bellframe.rows.Pages;
import bellframe.rows.Partitions;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps for a while what happened in channels, and to users, beside the sending of messages.
///
/// A row says that something happened to somebody or something; how that is by now the rows of the thing itself say. A row
/// may be there without the change, if that failed or another came first, but no change is without its row.
public final class ChangeLog {

    private static final int ROW_VERSION = 1;
    private static final byte[] CHANGED_ROW = {1};
    private static final Key PARTITION = Key.of("event-order");
    private static final Key KEPT_SINCE = Key.of("kept-since");
    private static final Key FIRST_DAY = Key.of("first-day");

    private final Storage storage;
    private final EventOrder order;
    private volatile EventPosition keptSince;
    private final ReentrantLock forgetting = new ReentrantLock();
    /// The first day of which there may be rows; guarded by forgetting, but read by others, to whom an earlier one does.
    private volatile long firstDay;

    /// @param order tells a store that never had a log since when it has one
    public ChangeLog(Storage storage, EventOrder order) {
        this.storage = storage;
        this.order = order;
        byte[] row = storage.get(Table.META, PARTITION, KEPT_SINCE);
        keptSince = row == null ? order.start() : new EventPosition(new RowReader(row, ROW_VERSION).number());
        if (row == null) {
            keep(keptSince);
        }
        byte[] day = storage.get(Table.META, PARTITION, FIRST_DAY);
        firstDay = day == null ? keptSince.day() : new RowReader(day, ROW_VERSION).number();
    }

    /// From where on nothing is missing.
    public EventPosition keptSince() {
        return keptSince;
    }

    /// Adds to a batch that something happened.
    ///
    /// @param subject the incarnation of the channel, or the ARN of the user, to which it happened
    public static void note(Batch batch, String subject, Change change) {
        batch.put(Table.CHANGES, Key.of(subject), key(change.position()),
                new RowWriter(ROW_VERSION).name(change.kind()).bytes(change.what()).toBytes());
        batch.put(Table.CHANGED, partition(change.position().day(), subject), Key.of(subject), CHANGED_ROW);
    }

    /// Submits a conditional change behind its note, which lies in another partition.
    ///
    /// @return as [Storage#submit] for the change
    public CompletableFuture<Boolean> submit(Batch note, Batch change, Runnable committed) {
        CompletableFuture<Boolean> noted = storage.submit(note, () -> {
        });
        return noted.isCompletedExceptionally() ? noted : storage.submit(change, committed);
    }

    /// What happened to a subject after a position, in order.
    ///
    /// @param limit at least 1
    public List<Change> list(String subject, EventPosition after, int limit) {
        var changes = new ArrayList<Change>();
        Key from = key(after.plus(1));
        while (changes.size() < limit) {
            int rows = Math.min(Pages.SWEEP_ROWS, limit - changes.size());
            List<Row> some = storage.scan(Scan.ascending(Table.CHANGES, Key.of(subject), from, rows));
            some.forEach(row -> changes.add(change(row)));
            if (some.size() < rows) {
                break;
            }
            from = some.getLast().key().next();
        }
        return changes;
    }

    /// Removes everything of a subject that is gone.
    public void erase(String subject) {
        Partitions.empty(storage, Table.CHANGES, Key.of(subject));
        var removal = new Batch();
        for (long day = firstDay; day <= order.now().day(); day++) {
            removal.delete(Table.CHANGED, partition(day, subject), Key.of(subject));
        }
        storage.commit(removal);
    }

    /// Removes what happened longer ago than that.
    public void forgetOlderThan(Duration age) {
        forgetBefore(order.now().plus(-age.toNanos() / 1_000));
    }

    /// Removes everything that happened so far.
    public void forgetAll() {
        forgetBefore(order.now());
    }

    /// Removes what happened before, and knows from then on that it does not know it. What is left of the day of that
    /// position is removed another time.
    private void forgetBefore(EventPosition position) {
        forgetting.lock();
        try {
            if (position.isAfter(keptSince)) {
                keep(position);
            }
            for (long day = firstDay; day <= position.day(); day++) {
                for (int shard = 0; shard < Pages.SHARDS; shard++) {
                    forgetBefore(position, day, partition(day, shard));
                }
            }
            // Known last, so that what fails or is killed on the way is done again.
            if (position.day() > firstDay) {
                storage.commit(new Batch().put(Table.META, PARTITION, FIRST_DAY,
                        new RowWriter(ROW_VERSION).number(position.day()).toBytes()));
                firstDay = position.day();
            }
        } finally {
            forgetting.unlock();
        }
    }

    private void forgetBefore(EventPosition position, long day, Key changed) {
        List<Row> subjects = storage.scan(Scan.ascending(Table.CHANGED, changed, null, Pages.SWEEP_ROWS));
        while (!subjects.isEmpty()) {
            for (Row subject : subjects) {
                Partitions.emptyBefore(storage, Table.CHANGES, subject.key(), key(position));
            }
            if (day < position.day()) {
                var removal = new Batch();
                subjects.forEach(subject -> removal.delete(Table.CHANGED, changed, subject.key()));
                storage.commit(removal);
            }
            subjects = storage.scan(Scan.ascending(Table.CHANGED, changed, subjects.getLast().key().next(),
                    Pages.SWEEP_ROWS));
        }
    }

    private static Change change(Row row) {
        var reader = new RowReader(row.value(), ROW_VERSION);
        var kind = reader.name(Change.Kind.class);
        return new Change(new EventPosition(ByteBuffer.wrap(row.key().bytes()).getLong()), kind, reader.bytes());
    }

    private void keep(EventPosition since) {
        storage.commit(new Batch().put(Table.META, PARTITION, KEPT_SINCE,
                new RowWriter(ROW_VERSION).number(since.micros()).toBytes()));
        keptSince = since;
    }

    private static Key partition(long day, String subject) {
        return partition(day, Pages.shardOf(subject));
    }

    private static Key partition(long day, int shard) {
        return Key.builder().number64(day).number8(shard).build();
    }

    private static Key key(EventPosition position) {
        return Key.builder().number64(position.micros()).build();
    }
}
