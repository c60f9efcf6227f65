package bellframe.messages;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.channels.ChannelHead;
import bellframe.channels.ChannelHeads;
import bellframe.names.Account;
import bellframe.names.AppInstanceArn;
import bellframe.names.EventPosition;
import bellframe.names.MessageId;
import bellframe.names.Position;
import bellframe.names.UserArn;
import bellframe.rows.Page;
import bellframe.storage.Batch;
import bellframe.storage.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

/// Pages of lists compared with a map, over messages that lie close to the ends of buckets.
class MessageLogTest {

    private static final String CHANNEL = "channel";
    private static final long BUCKET = Position.BUCKET.toMillis() * 1_000;
    private static final int BUCKETS = 200;
    private static final int MESSAGES = 400;
    private static final int LISTS = 300;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final MemoryStorage storage = new MemoryStorage();
    private final ChannelHeads heads = new ChannelHeads(storage);
    private final MessageLog log = new MessageLog(storage, heads);
    private final NavigableMap<Position, MessageId> model = new TreeMap<>();

    @AfterEach
    void close() {
        storage.close();
    }

    @RepeatedTest(5)
    void pagesHoldWhatAMapHolds() {
        for (int i = 0; i < MESSAGES; i++) {
            put(anyPosition());
        }
        model.keySet().removeIf(position -> random.nextInt(4) == 0 && removed(position));
        for (int i = 0; i < LISTS; i++) {
            var range = new MessageLog.Range(anyEnd(MessageLog.Range.START), anyEnd(MessageLog.Range.END),
                    random.nextBoolean());
            assertThat(paged(range, 1 + random.nextInt(50))).as("seed %d, %s", seed, range).isEqualTo(expected(range));
        }
    }

    private void put(Position position) {
        var sender = UserArn.user(new AppInstanceArn(new Account("123456789012", "us-east-1"), "app"), "alice");
        var message = Message.first(MessageId.create(position, MessageId.Tail.draw(random)), sender,
                new NewMessage(Message.Type.STANDARD,
                        true, "content", null, null, Map.of(), null, null),
                EventPosition.START, false);
        var batch = new Batch();
        MessageLog.put(batch, CHANNEL, message);
        ChannelHeads.record(batch, CHANNEL, new ChannelHead(position, position), true);
        storage.commit(batch);
        model.put(position, message.id());
    }

    private boolean removed(Position position) {
        MessageId id = model.get(position);
        byte[] row = id == null ? null : log.row(CHANNEL, id);
        return id != null && row != null && storage.commit(MessageLog.removal(CHANNEL, id, row));
    }

    /// Mostly the first or last positions of a bucket; most buckets stay empty.
    private Position anyPosition() {
        long start = (1 + random.nextInt(BUCKETS)) * BUCKET;
        return new Position(switch (random.nextInt(3)) {
            case 0 -> start + random.nextInt(3);
            case 1 -> start - 1 - random.nextInt(3);
            default -> start + random.nextLong(BUCKET);
        });
    }

    private Position anyEnd(Position outermost) {
        return switch (random.nextInt(4)) {
            case 0 -> outermost;
            case 1 -> model.isEmpty() ? outermost : anyOf(List.copyOf(model.keySet()));
            default -> anyPosition();
        };
    }

    private Position anyOf(List<Position> positions) {
        return positions.get(random.nextInt(positions.size()));
    }

    private List<MessageId> paged(MessageLog.Range range, int limit) {
        var ids = new ArrayList<MessageId>();
        MessageLog.Range rest = range;
        while (true) {
            Page<Message> page = log.list(CHANNEL, rest, limit);
            assertThat(page.items()).as("seed %d", seed).hasSizeLessThanOrEqualTo(limit);
            page.items().forEach(message -> ids.add(message.id()));
            byte[] next = page.next();
            if (next == null) {
                return ids;
            }
            rest = range.behind(next);
        }
    }

    private List<MessageId> expected(MessageLog.Range range) {
        if (range.isEmpty()) {
            return List.of();
        }
        var within = model.subMap(range.first(), true, range.last(), true);
        return List.copyOf((range.descending() ? within.descendingMap() : within).values());
    }
}
