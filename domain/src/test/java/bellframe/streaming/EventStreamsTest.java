package bellframe.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.channels.Channel;
import bellframe.channels.Membership;
import bellframe.expiration.Expiration;
import bellframe.flows.ChannelFlow.Fallback;
import bellframe.flows.ChannelFlow.Processor;
import bellframe.identity.Bearer;
import bellframe.messages.TestMessages;
import bellframe.names.MessageId;
import bellframe.outbox.OutboxKind;
import bellframe.storage.Table;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.TestClock;
import bellframe.testing.TestProcessors.Call;
import bellframe.testing.TestSinks.Appended;
import bellframe.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamsTest {

    private static final String STREAM = "arn:aws:kinesis:us-east-1:123456789012:stream/chime-messaging-a";
    private static final String OTHER_STREAM = "arn:aws:kinesis:us-east-1:123456789012:stream/chime-messaging-b";

    private final MemoryStorage storage = new MemoryStorage();
    private final TestClock clock = new TestClock();
    private World world = new World(storage, clock);
    private final Bearer alice = world.user("alice");
    private final Bearer bob = world.user("bob");
    private final Channel channel = world.channel(alice, bob);

    @AfterEach
    void close() {
        world.close();
        storage.close();
    }

    @Test
    void whatHappensToAMessageIsStreamedAsItWasThen() throws InterruptedException {
        send("before there is a stream");
        stream(STREAM);
        world.sinks.failWith(STREAM, "down");
        MessageId id = send("first");
        TestMessages.update(world, alice, channel, id, "second");
        TestMessages.redact(world, alice, channel, id);
        world.admins.create(world.appInstance.arn(), alice.toString());
        TestMessages.delete(world, alice, channel, id);
        world.sinks.failWith(STREAM, null);
        awaitDelivered();
        Appended created = world.sinks.next();
        assertThat(created.stream()).isEqualTo(STREAM);
        assertThat(created.partitionKey()).isEqualTo(channel.arn().toString());
        assertThat(created.text()).startsWith("{\"EventType\":\"CREATE_CHANNEL_MESSAGE\",\"Payload\":{")
                .contains("\"Content\":\"first\"", "\"MessageId\":\"" + id.text() + '"',
                        "\"Persistence\":\"PERSISTENT\"", "\"Type\":\"STANDARD\"",
                        "\"ChannelArn\":\"" + channel.arn() + '"', "\"Name\":\"Name of alice\"",
                        "\"CreatedTimestamp\":\"2026-03-01T12:00:00", "\"Redacted\":false")
                .doesNotContain("LastEditedTimestamp");
        assertThat(world.sinks.next().text()).startsWith("{\"EventType\":\"UPDATE_CHANNEL_MESSAGE\"")
                .contains("\"Content\":\"second\"", "LastEditedTimestamp");
        assertThat(world.sinks.next().text()).startsWith("{\"EventType\":\"REDACT_CHANNEL_MESSAGE\"")
                .contains("\"Redacted\":true")
                .doesNotContain("\"Content\"");
        assertThat(world.sinks.next().text()).startsWith("{\"EventType\":\"DELETE_CHANNEL_MESSAGE\"")
                .doesNotContain("\"Content\"");
        assertThat(world.sinks.isQuiet()).isTrue();
        assertThat(storage.rowCounts()).doesNotContainKeys(Table.OUTBOX, Table.OUTBOX_LANES);
    }

    @Test
    void whatHappensToAChannelIsStreamedInOneOrderWithItsMessages() throws InterruptedException {
        world.streaming.put(world.appInstance.arn(), new StreamingConfiguration(STREAM, STREAM));
        var carol = world.actors.named(world.user("carol").toString(), world.appInstance.arn());
        world.sinks.failWith(STREAM, "down");
        Channel created = world.channel(alice, bob);
        TestMessages.send(world, alice, created, "hello", null);
        world.memberships.addAll(created, alice.arn(), List.of(carol), Membership.Type.HIDDEN);
        world.moderators.add(created, alice.arn(), carol);
        world.moderators.remove(created.reference(), carol.arn());
        world.memberships.ban(created, alice.arn(), carol);
        world.bans.remove(created.reference(), carol.arn());
        world.bans.remove(created.reference(), carol.arn());
        world.memberships.remove(created.reference(), bob.arn());
        Channel updated = world.channels.update(created, "renamed", null, null);
        world.channels.expire(updated, new Expiration(3, Expiration.Criterion.CREATED_TIMESTAMP));
        world.close();
        world = new World(storage, clock, 1);
        world.channels.delete(updated);
        world.purge();
        awaitDelivered();
        List<Appended> streamed = world.sinks.all();
        assertThat(streamed).extracting(Appended::eventType)
                .containsExactly("CREATE_CHANNEL", "CREATE_CHANNEL_MEMBERSHIP", "CREATE_CHANNEL_MEMBERSHIP",
                        "CREATE_CHANNEL_MODERATOR", "CREATE_CHANNEL_MESSAGE", "CREATE_CHANNEL_MEMBERSHIP",
                        "CREATE_CHANNEL_MODERATOR", "DELETE_CHANNEL_MODERATOR", "CREATE_CHANNEL_BAN",
                        "DELETE_CHANNEL_MEMBERSHIP", "DELETE_CHANNEL_BAN", "DELETE_CHANNEL_MEMBERSHIP",
                        "UPDATE_CHANNEL",
                        "UPDATE_CHANNEL_EXPIRATION_SETTINGS", "DELETE_CHANNEL");
        assertThat(streamed).allMatch(record -> record.partitionKey().equals(created.arn().toString()))
                .allMatch(record -> record.text().contains("\"ChannelArn\":\"" + created.arn() + '"'));
        assertThat(streamed.get(5).text()).contains("\"Type\":\"HIDDEN\"", "\"Name\":\"Name of carol\"");
        assertThat(streamed.get(8).text()).contains("\"Member\":{\"Arn\":\"" + carol.arn() + '"',
                "\"CreatedBy\":{\"Arn\":\"" + alice.arn() + '"');
        assertThat(streamed.get(12).text()).contains("\"Name\":\"renamed\"");
        assertThat(streamed.get(13).text()).contains("\"ExpirationDays\":3");
        assertThat(storage.rowCounts()).doesNotContainKeys(Table.OUTBOX, Table.OUTBOX_LANES);
    }

    @Test
    void aCreationThatIsRepeatedIsStreamedOnce() throws InterruptedException {
        world.streaming.put(world.appInstance.arn(), new StreamingConfiguration(STREAM, null));
        String token = "a-token";
        var wanted = world.wanted("the-id");
        world.channels.create(alice, wanted, token);
        world.channels.create(alice, wanted, token);
        send("not streamed");
        awaitDelivered();
        assertThat(world.sinks.all()).extracting(Appended::eventType)
                .containsExactly("CREATE_CHANNEL", "CREATE_CHANNEL_MEMBERSHIP", "CREATE_CHANNEL_MODERATOR");
    }

    @Test
    void targetedAndUnstoredMessagesAreStreamedToo() throws InterruptedException {
        stream(STREAM);
        TestMessages.send(world, alice, channel, "for bob", bob.arn());
        assertThat(world.sinks.next().text()).contains("for bob", "\"Target\":[{\"MemberArn\":\"" + bob.arn() + "\"}]");
        TestMessages.sendNonPersistent(world, alice, channel, "in passing");
        assertThat(world.sinks.next().text()).contains("in passing", "NON_PERSISTENT");
        assertThat(TestMessages.contents(world, bob, channel)).containsExactly("for bob");
    }

    @Test
    void ofAChannelWithAFlowOnlyWhatComesThroughIsStreamed() throws InterruptedException {
        stream(STREAM);
        String flow = world.flows.create(world.appInstance.arn(), "flow",
                List.of(new Processor("processor", "arn:aws:lambda:us-east-1:123456789012:function:f", 1,
                        Fallback.ABORT)),
                Map.of(), "root", "the-token-of-the-flow").arn().toString();
        world.flows.associate(channel, flow);
        MessageId passed = send("passed");
        callBack(passed, world.processors.next(), false);
        assertThat(world.sinks.next().text()).contains("CREATE_CHANNEL_MESSAGE", "passed", "\"Value\":\"SENT\"");
        MessageId denied = send("denied");
        callBack(denied, world.processors.next(), true);
        TestMessages.update(world, alice, channel, passed, "edited");
        callBack(passed, world.processors.next(), false);
        assertThat(world.sinks.next().text()).contains("UPDATE_CHANNEL_MESSAGE", "edited");
        TestMessages.sendNonPersistent(world, alice, channel, "in passing");
        Call call = world.processors.next();
        callBack(MessageId.parse(call.text("MessageId")).orElseThrow(), call, false);
        assertThat(world.sinks.next().text()).contains("in passing");
        awaitDelivered();
        assertThat(world.sinks.isQuiet()).isTrue();
    }

    @Test
    void aChannelsRecordsAreInOrderWhateverFailsInBetween() throws InterruptedException {
        stream(STREAM);
        world.sinks.failWith(STREAM, "down");
        List<String> sent = IntStream.range(0, 100).mapToObj(i -> "message " + i + '.').toList();
        sent.subList(0, 50).forEach(this::send);
        world.close();
        world = new World(storage, clock, 1);
        sent.subList(50, 100).forEach(this::send);
        var streamed = new ArrayList<String>();
        for (String _ : sent) {
            streamed.add(world.sinks.next().text());
        }
        for (int i = 0; i < sent.size(); i++) {
            assertThat(streamed.get(i)).contains('"' + sent.get(i) + '"');
        }
    }

    @Test
    void aDeadStreamKeepsNoOtherWaiting() throws InterruptedException {
        stream(OTHER_STREAM);
        world.sinks.failWith(OTHER_STREAM, "down");
        IntStream.range(0, 20).forEach(i -> send("waits " + i));
        stream(STREAM);
        send("streamed");
        assertThat(world.sinks.next().text()).contains("streamed");
        assertThat(world.outbox.waiting(OutboxKind.STREAM)).isBetween(20L, 21L);
    }

    @Test
    void whatHappenedInAChannelIsStreamedAfterItIsGone() throws InterruptedException {
        stream(STREAM);
        world.sinks.failWith(STREAM, "down");
        send("last words");
        world.channels.delete(channel);
        world.purge();
        world.sinks.failWith(STREAM, null);
        awaitDelivered();
        assertThat(world.sinks.next().text()).contains("last words");
    }

    @Test
    void recordsThatAStreamDidNotTakeForADayAreGivenUpWithAnAlert() throws InterruptedException {
        stream(STREAM);
        world.sinks.failWith(STREAM, "down");
        send("too old");
        clock.move(Duration.ofHours(25));
        awaitDelivered();
        var alert = world.alerts.take();
        assertThat(alert.detailType()).isEqualTo("Chime Chat Streaming Status");
        assertThat(alert.detail()).containsEntry("resourceArn", STREAM)
                .containsEntry("appInstanceArn", world.appInstance.arn().toString())
                .containsEntry("failureReason", "it waited too long to be handed over");
    }

    private void stream(String arn) {
        world.streaming.put(world.appInstance.arn(), new StreamingConfiguration(null, arn));
    }

    private MessageId send(String content) {
        return TestMessages.send(world, alice, channel, content, null);
    }

    private void callBack(MessageId id, Call call, boolean deny) {
        TestMessages.callBack(world, channel, id, call.text("CallbackId"), deny);
    }

    /// Until nothing waits. A receiver that failed too often is left alone until the clock has moved.
    private void awaitDelivered() {
        while (world.outbox.waiting(OutboxKind.STREAM) != 0 || storage.rowCounts().containsKey(Table.OUTBOX_LANES)) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            clock.move(Duration.ofMillis(10));
        }
    }
}
