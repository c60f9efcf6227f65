package bellframe.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.channels.Channel;
import bellframe.channels.ChannelHeads;
import bellframe.flows.ChannelFlow.Fallback;
import bellframe.flows.ChannelFlow.Processor;
import bellframe.identity.Bearer;
import bellframe.names.MessageId;
import bellframe.names.Position;
import bellframe.storage.Batch;
import bellframe.storage.StorageUnavailable;
import bellframe.storage.Table;
import bellframe.testing.HookedStorage;
import bellframe.testing.TestClock;
import bellframe.testing.World;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Flows on a store that refuses something for a moment.
class MessageFlowFaultsTest {

    private final HookedStorage storage = new HookedStorage();
    private final TestClock clock = new TestClock();
    private final World world = new World(storage, clock);
    private final Bearer alice = world.user("alice");
    private final Bearer bob = world.user("bob");
    private final Channel channel = world.channel(alice, bob);

    @BeforeEach
    void associate() {
        String flow = world.flows.create(world.appInstance.arn(), "flow",
                List.of(new Processor("processor", "arn:aws:lambda:us-east-1:123456789012:function:f", 1,
                        Fallback.ABORT)),
                Map.of(), "root", "the-token-of-the-flow").arn().toString();
        world.flows.associate(channel, flow);
    }

    @AfterEach
    void close() {
        world.close();
        storage.close();
    }

    @Test
    void theLastMessageIsKnownAfterARestartAlthoughALaterOneCouldNotBeStored() throws InterruptedException {
        MessageId id = send();
        String callback = world.processors.next().text("CallbackId");
        clock.move(Position.BUCKET);
        storage.refuseOnce.set(batch -> writes(batch, Table.MESSAGES));
        assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(this::send);
        TestMessages.callBack(world, channel, id, callback, false);
        assertThat(new ChannelHeads(storage).lastForAll(channel.incarnation())).isEqualTo(id.position());
    }

    @Test
    void aMessageIsNotShownBeforeTheChannelsHead() throws InterruptedException {
        MessageId id = send();
        String callback = world.processors.next().text("CallbackId");
        storage.refuseOnce.set(batch -> writes(batch, Table.CHANNEL_HEADS));
        assertThatExceptionOfType(StorageUnavailable.class)
                .isThrownBy(() -> TestMessages.callBack(world, channel, id, callback, false));
        assertThat(TestMessages.contents(world, bob, channel)).isEmpty();
        TestMessages.callBack(world, channel, id, callback, false);
        assertThat(TestMessages.contents(world, bob, channel)).containsExactly("hello");
        assertThat(new ChannelHeads(storage).lastForAll(channel.incarnation())).isEqualTo(id.position());
    }

    private MessageId send() {
        return TestMessages.send(world, alice, channel, "hello", null);
    }

    private static boolean writes(Batch batch, Table table) {
        return batch.writes().stream().anyMatch(write -> write.table() == table);
    }
}
