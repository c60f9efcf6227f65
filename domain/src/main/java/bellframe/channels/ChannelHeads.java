package bellframe.channels;

import bellframe.names.Position;
import bellframe.names.UserArn;
import bellframe.outbox.OutboxKind;
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
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Knows which time buckets a channel's message log has and where it ends.
///
/// A head is written with every message, in the message's partition, so that positions never go back even if the last
/// message is deleted and the clock steps back.
public final class ChannelHeads {

    private static final int VERSION = 1;
    private static final byte[] BUCKET_ROW = {1};

    private final Storage storage;

    public ChannelHeads(Storage storage) {
        this.storage = storage;
    }

    /// The partition of a channel's messages, tokens and head for one bucket.
    public static Key partition(String incarnation, long bucket) {
        return Key.builder().text(incarnation).number64(bucket).build();
    }

    /// Adds the head to the batch of the message that moves it.
    ///
    /// @param newBucket whether the bucket is not known to have been recorded yet
    public static void record(Batch batch, String incarnation, ChannelHead head, boolean newBucket) {
        long bucket = head.last().bucket();
        if (newBucket) {
            batch.put(Table.MESSAGE_BUCKETS, Key.of(incarnation), bucketKey(bucket), BUCKET_ROW);
        }
        Position lastForAll = head.lastForAll();
        byte[] row = new RowWriter(VERSION).number(head.last().micros())
                .optional(lastForAll == null ? null : lastForAll.micros(), RowWriter::number)
                .toBytes();
        batch.put(Table.CHANNEL_HEADS, partition(incarnation, bucket), Key.EMPTY, row);
    }

    /// The head, or null if no message was ever stored. A bucket without one is left by a crash that kept only the record
    /// of the bucket; the head is then in an earlier one.
    public @Nullable ChannelHead find(String incarnation) {
        List<Long> newest = buckets(incarnation, null, 1, true);
        while (!newest.isEmpty()) {
            long bucket = newest.getFirst();
            byte[] row = storage.get(Table.CHANNEL_HEADS, partition(incarnation, bucket), Key.EMPTY);
            if (row != null) {
                return head(row);
            }
            newest = bucket == 0 ? List.of() : buckets(incarnation, bucket - 1, 1, true);
        }
        return null;
    }

    private static ChannelHead head(byte[] row) {
        var reader = new RowReader(row, VERSION);
        var last = new Position(reader.number());
        Long lastForAll = reader.optional(RowReader::number);
        return new ChannelHead(last, lastForAll == null ? null : new Position(lastForAll));
    }

    /// The position of the last message that every member may see, or may have seen before it was deleted; null if there
    /// is none.
    public @Nullable Position lastForAll(String incarnation) {
        ChannelHead head = find(incarnation);
        return head == null ? null : head.lastForAll();
    }

    /// Adds to the batch of a targeted message that it is the last such message its sender and its target may see.
    public static void recordTargeted(Batch batch, String incarnation, Position position, UserArn... viewers) {
        for (UserArn viewer : viewers) {
            batch.put(Table.TARGETED_HEADS, ChannelTables.members(incarnation, viewer), ChannelTables.member(viewer),
                    ChannelTables.row(position));
        }
    }

    /// Does the same for a message that was held back, unless there is a later one.
    public void raiseTargeted(String incarnation, Position position, UserArn viewer) {
        Key partition = ChannelTables.members(incarnation, viewer);
        Key row = ChannelTables.member(viewer);
        boolean written = false;
        while (!written) {
            byte[] before = storage.get(Table.TARGETED_HEADS, partition, row);
            if (before != null && ChannelTables.targetedHead(before).compareTo(position) >= 0) {
                return;
            }
            var batch = new Batch().put(Table.TARGETED_HEADS, partition, row, ChannelTables.row(position));
            written = storage.commit(before == null
                    ? batch.requireAbsent(Table.TARGETED_HEADS, partition, row)
                    : batch.requireEqual(Table.TARGETED_HEADS, partition, row, before));
        }
    }

    /// The position of the last targeted message that a user may see; null if there is none.
    public @Nullable Position lastTargeted(String incarnation, UserArn viewer) {
        byte[] row = storage.get(Table.TARGETED_HEADS, ChannelTables.members(incarnation, viewer),
                ChannelTables.member(viewer));
        return row == null ? null : ChannelTables.targetedHead(row);
    }

    /// Removes a bucket with everything in it: messages, tokens, runs through flows, what is to be handed over and goes with
    /// its channel, and head.
    public void removeBucket(String incarnation, long bucket) {
        Partitions.empty(storage, Table.MESSAGES, partition(incarnation, bucket));
        Partitions.empty(storage, Table.MESSAGE_TOKENS, partition(incarnation, bucket));
        Partitions.empty(storage, Table.FLOW_RUNS, partition(incarnation, bucket));
        Partitions.emptyBefore(storage, Table.OUTBOX, partition(incarnation, bucket), OutboxKind.keptWithoutChannel());
        storage.commit(new Batch().delete(Table.CHANNEL_HEADS, partition(incarnation, bucket), Key.EMPTY));
        storage.commit(new Batch().delete(Table.MESSAGE_BUCKETS, Key.of(incarnation), bucketKey(bucket)));
    }

    /// Removes everything of a channel that is gone.
    void purge(String incarnation) {
        List<Long> buckets;
        do {
            buckets = buckets(incarnation, null, Pages.SWEEP_ROWS, false);
            buckets.forEach(bucket -> removeBucket(incarnation, bucket));
        } while (!buckets.isEmpty());
        Pages.shards(shard -> ChannelTables.members(incarnation, shard))
                .forEach(partition -> Partitions.empty(storage, Table.TARGETED_HEADS, partition));
    }

    /// The channel's buckets in order, beginning with `from`.
    ///
    /// @param from the first bucket wanted, if it exists; null for the first of all in this order
    public List<Long> buckets(String incarnation, @Nullable Long from, int limit, boolean descending) {
        Key start = from == null ? null : bucketKey(from);
        return storage.scan(new Scan(Table.MESSAGE_BUCKETS, Key.of(incarnation), start, null, limit, descending))
                .stream()
                .map(ChannelHeads::bucketOf)
                .toList();
    }

    /// Does something with every bucket of a channel, in order.
    public void forEachBucket(String incarnation, Consumer<Long> action) {
        List<Long> some = buckets(incarnation, null, Pages.SWEEP_ROWS, false);
        while (!some.isEmpty()) {
            some.forEach(action);
            some = buckets(incarnation, some.getLast() + 1, Pages.SWEEP_ROWS, false);
        }
    }

    private static Key bucketKey(long bucket) {
        return Key.builder().number64(bucket).build();
    }

    private static long bucketOf(Row row) {
        return ByteBuffer.wrap(row.key().bytes()).getLong();
    }
}
