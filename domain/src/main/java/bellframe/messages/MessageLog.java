package bellframe.messages;

import bellframe.channels.ChannelHeads;
import bellframe.names.MessageId;
import bellframe.names.Position;
import bellframe.rows.Page;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads and writes the MESSAGES of channels: one partition per channel and time bucket, rows in order of position.
final class MessageLog {

    /// How many buckets' names are read at once while a list walks through a quiet channel.
    private static final int BUCKETS_AT_ONCE = 64;

    /// Which part of a channel's log, and from which end.
    ///
    /// @param first the lowest position wanted, inclusive
    /// @param last the highest position wanted, inclusive
    record Range(Position first, Position last, boolean descending) {

        static final Position START = new Position(0);
        static final Position END = new Position(Long.MAX_VALUE - 1);

        boolean isEmpty() {
            return first.compareTo(last) > 0;
        }

        /// What is left of the range behind a position.
        Range behind(Position seen) {
            return descending ? new Range(first, seen.previous(), true) : new Range(seen.next(), last, false);
        }

        private Position start() {
            return descending ? last : first;
        }

        private boolean contains(long bucket) {
            return bucket >= first.bucket() && bucket <= last.bucket();
        }
    }

    private final Storage storage;
    private final ChannelHeads heads;

    MessageLog(Storage storage, ChannelHeads heads) {
        this.storage = storage;
        this.heads = heads;
    }

    static void put(Batch batch, String incarnation, Message message) {
        batch.put(Table.MESSAGES, partition(incarnation, message.id()), key(message.id().position()), message.toRow());
    }

    /// The row of the message with exactly this id, or null.
    byte @Nullable [] row(String incarnation, MessageId id) {
        byte[] row = storage.get(Table.MESSAGES, partition(incarnation, id), key(id.position()));
        return row == null || !Message.fromRow(row).id().equals(id) ? null : row;
    }

    static Batch replacement(String incarnation, MessageId id, byte[] before, Message after) {
        return new Batch()
                .requireEqual(Table.MESSAGES, partition(incarnation, id), key(id.position()), before)
                .put(Table.MESSAGES, partition(incarnation, id), key(id.position()), after.toRow());
    }

    static Batch removal(String incarnation, MessageId id, byte[] before) {
        return new Batch()
                .requireEqual(Table.MESSAGES, partition(incarnation, id), key(id.position()), before)
                .delete(Table.MESSAGES, partition(incarnation, id), key(id.position()));
    }

    /// At most `limit` messages of the range in its order; the cursor is the position of the last one.
    Page<Message> list(String incarnation, Range range, int limit) {
        var rows = new ArrayList<Row>(limit + 1);
        Long from = range.start().bucket();
        List<Long> buckets = range.isEmpty() ? List.of() : buckets(incarnation, from, range);
        while (!buckets.isEmpty() && rows.size() <= limit) {
            for (long bucket : buckets) {
                if (!range.contains(bucket)) {
                    return page(rows, limit);
                }
                // One row more than wanted tells whether there is a next page.
                if (rows.size() <= limit) {
                    rows.addAll(storage.scan(scan(incarnation, bucket, range, limit + 1 - rows.size())));
                }
            }
            from = buckets.getLast() + (range.descending() ? -1 : 1);
            buckets = from < 0 ? List.of() : buckets(incarnation, from, range);
        }
        return page(rows, limit);
    }

    private List<Long> buckets(String incarnation, Long from, Range range) {
        return heads.buckets(incarnation, from, BUCKETS_AT_ONCE, range.descending());
    }

    private static Scan scan(String incarnation, long bucket, Range range, int limit) {
        Key partition = ChannelHeads.partition(incarnation, bucket);
        if (range.descending()) {
            Key end = range.first().micros() == 0 ? null : key(range.first().previous());
            return new Scan(Table.MESSAGES, partition, key(range.last()), end, limit, true);
        }
        return new Scan(Table.MESSAGES, partition, key(range.first()), key(range.last().next()), limit, false);
    }

    private static Page<Message> page(List<Row> rows, int limit) {
        boolean more = rows.size() > limit;
        List<Message> messages = rows.stream().limit(limit).map(row -> Message.fromRow(row.value())).toList();
        return new Page<>(messages, more ? key(messages.getLast().id().position()).bytes() : null);
    }

    static Position positionOf(byte[] cursor) {
        return new Position(ByteBuffer.wrap(cursor).getLong());
    }

    private static Key partition(String incarnation, MessageId id) {
        return ChannelHeads.partition(incarnation, id.position().bucket());
    }

    private static Key key(Position position) {
        return Key.builder().number64(position.micros()).build();
    }
}
