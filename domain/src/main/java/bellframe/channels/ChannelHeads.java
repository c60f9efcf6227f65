package bellframe.channels;

import bellframe.names.Position;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
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

    /// When the last message that every member may see was created; null if there is none.
    public @Nullable Instant lastMessage(String incarnation) {
        ChannelHead head = find(incarnation);
        Position last = head == null ? null : head.lastForAll();
        return last == null ? null : last.timestamp();
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

    private static Key bucketKey(long bucket) {
        return Key.builder().number64(bucket).build();
    }

    private static long bucketOf(Row row) {
        return ByteBuffer.wrap(row.key().bytes()).getLong();
    }
}
