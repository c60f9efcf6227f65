package bellframe.messages;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.channels.Channel;
import bellframe.events.ChannelEvent;
import bellframe.events.ChannelEvent.MessageHeld;
import bellframe.flows.ChannelFlow.Fallback;
import bellframe.flows.ChannelFlow.Processor;
import bellframe.identity.Bearer;
import bellframe.names.MessageId;
import bellframe.outbox.DeliveryFailed;
import bellframe.outbox.OutboxKind;
import bellframe.refusals.Refused;
import bellframe.storage.Table;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.TestClock;
import bellframe.testing.TestProcessors.Call;
import bellframe.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Messages and edits whose processors call back twice at once, in favour and against, and fail now and then.
class MessageFlowWalkTest {

    private static final int CHANNELS = 4;
    private static final int MESSAGES = 400;

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final MemoryStorage storage = new MemoryStorage();
    private final TestClock clock = new TestClock();
    private final World world = new World(storage, clock);
    private final Bearer alice = world.user("alice");
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.shutdownNow();
        threads.close();
        world.close();
        storage.close();
    }

    @Test
    void eachMessageEndsOnceAndNothingIsLeft() throws InterruptedException {
        System.out.println("bellframe.seed=" + seed);
        List<Channel> channels = channels();
        threads.execute(this::callBack);
        Map<String, Channel> sent = new HashMap<>();
        for (int i = 0; i < MESSAGES; i++) {
            Channel channel = channels.get(random.nextInt(CHANNELS));
            sent.put(TestMessages.send(world, alice, channel, "message " + i, null).text(), channel);
            world.processors.failWith(random.nextInt(10) == 0
                    ? () -> DeliveryFailed.throttled("busy", Duration.ofMillis(1))
                    : null);
        }
        world.processors.failWith(null);
        Map<String, String> ends = new HashMap<>();
        int events = 0;
        while (ends.size() < MESSAGES) {
            ChannelEvent event = world.nextEvent();
            events++;
            @Nullable
            String before = switch (event) {
                case ChannelEvent.MessageCreated created -> ends.put(created.message().messageId(), "SENT");
                case MessageHeld held when !held.message().status().equals("PENDING") ->
                    ends.put(held.message().messageId(), held.message().status());
                default -> null;
            };
            assertThat(before).isNull();
        }
        assertThat(events).isGreaterThanOrEqualTo(2 * MESSAGES);
        ends.forEach((id, end) -> assertThat(stored(Objects.requireNonNull(sent.get(id)), id)).isEqualTo(end));
        while (world.outbox.waiting(OutboxKind.FLOW) != 0 || storage.rowCounts().containsKey(Table.OUTBOX_LANES)) {
            Thread.onSpinWait();
        }
        assertThat(storage.rowCounts()).doesNotContainKey(Table.OUTBOX);
        assertThat(world.hasNoEvent()).isTrue();
    }

    private String stored(Channel channel, String id) {
        byte[] row = new MessageLog(storage, world.heads).row(channel.incarnation(), MessageId.parse(id).orElseThrow());
        return row == null ? "DENIED" : Message.fromRow(row).status().name();
    }

    private List<Channel> channels() throws InterruptedException {
        var channels = new ArrayList<Channel>();
        for (int i = 0; i < CHANNELS; i++) {
            Channel channel = world.channel(alice);
            String flow = world.flows.create(world.appInstance.arn(), "flow",
                    List.of(new Processor("one", "arn:aws:lambda:us-east-1:123456789012:function:" + i, 1,
                            Fallback.CONTINUE),
                            new Processor("two", "arn:aws:lambda:us-east-1:123456789012:function:two", 2,
                                    Fallback.ABORT)),
                    Map.of(), "root", "the-token-of-flow-" + i).arn().toString();
            world.flows.associate(channel, flow);
            channels.add(channel);
        }
        while (!world.hasNoEvent()) {
            world.nextEvent();
        }
        return channels;
    }

    private void callBack() {
        var choices = new Random(seed);
        try {
            while (true) {
                Call call = world.processors.next();
                boolean first = choices.nextInt(3) == 0;
                boolean second = choices.nextInt(3) == 0;
                threads.execute(() -> callBack(call, first));
                threads.execute(() -> callBack(call, second));
            }
        } catch (InterruptedException | AssertionError _) {
            // Nothing more is called.
        }
    }

    private void callBack(Call call, boolean deny) {
        try {
            world.messageFlows.answer(call.text("ChannelArn"), call.text("CallbackId"), call.text("MessageId"), deny,
                    new Replacement("processed " + UUID.randomUUID(), null, null, null, null));
        } catch (Refused _) {
            // The other one was faster.
        }
    }
}
