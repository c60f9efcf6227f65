package bellframe.messages;

import bellframe.channels.ChannelHeads;
import bellframe.names.MessageId;
import bellframe.names.Position;
import bellframe.names.UserArn;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.rows.Partitions;
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

        /// The part of the range that does not lie before a position.
        Range notBefore(Position oldest) {
            return oldest.compareTo(first) > 0 ? new Range(oldest, last, descending) : this;
        }

        /// What is left of the range behind a position.
        Range behind(Position seen) {
            return descending ? new Range(first, seen.previous(), true) : new Range(seen.next(), last, false);
        }

        /// What is left of the range behind a page that ended with this cursor; all of it without one.
        Range behind(byte @Nullable [] cursor) {
            return cursor == null ? this : behind(positionOf(cursor));
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

    /// The message at a position, or null.
    @Nullable
    Message at(String incarnation, Position position) {
        byte[] row = storage.get(Table.MESSAGES, ChannelHeads.partition(incarnation, position.bucket()), key(position));
        return row == null ? null : Message.fromRow(row);
    }

    /// Everything that somebody sent, in order.
    List<MessageId> sentBy(String incarnation, UserArn sender) {
        var sent = new ArrayList<MessageId>();
        var all = new Range(Range.START, Range.END, false);
        Pages.forEach(
                cursor -> list(incarnation, all.behind(cursor), Pages.SWEEP_ROWS),
                message -> {
                    if (message.sender().equals(sender)) {
                        sent.add(message.id());
                    }
                });
        return sent;
    }

    boolean has(String incarnation, Position position) {
        return at(incarnation, position) != null;
    }

    /// Removes all messages below a position, and what else the buckets before hold; the newest keeps the channel's head.
    void removeBefore(String incarnation, Position first) {
        List<Long> newest = heads.buckets(incarnation, null, 1, true);
        for (long bucket : newest.isEmpty() ? List.<Long>of() : bucketsBefore(incarnation, first)) {
            if (bucket == newest.getFirst()) {
                Partitions.empty(storage, Table.MESSAGES, ChannelHeads.partition(incarnation, bucket));
            } else {
                heads.removeBucket(incarnation, bucket);
            }
        }
        var below = new Range(Range.START, first.previous(), false);
        Page<Message> page = list(incarnation, below, Pages.SWEEP_ROWS);
        while (!page.items().isEmpty()) {
            var removal = new Batch();
            page.items()
                    .forEach(message -> removal.delete(Table.MESSAGES, partition(incarnation, message.id()),
                            key(message.id().position())));
            storage.commit(removal);
            page = list(incarnation, below, Pages.SWEEP_ROWS);
        }
    }

    /// The buckets that lie wholly below a position.
    private List<Long> bucketsBefore(String incarnation, Position first) {
        var before = new ArrayList<Long>();
        List<Long> some = heads.buckets(incarnation, null, BUCKETS_AT_ONCE, false);
        while (!some.isEmpty()) {
            for (long bucket : some) {
                if (bucket >= first.bucket()) {
                    return before;
                }
                before.add(bucket);
            }
            some = heads.buckets(incarnation, some.getLast() + 1, BUCKETS_AT_ONCE, false);
        }
        return before;
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
        return new Page<>(messages, more ? cursor(messages.getLast().id().position()) : null);
    }

    /// Where a list goes on behind a position.
    static byte[] cursor(Position position) {
        return key(position).bytes();
    }

    private static Position positionOf(byte[] cursor) {
        return new Position(ByteBuffer.wrap(cursor).getLong());
    }

    private static Key partition(String incarnation, MessageId id) {
        return ChannelHeads.partition(incarnation, id.position().bucket());
    }

    private static Key key(Position position) {
        return Key.builder().number64(position.micros()).build();
    }
}
