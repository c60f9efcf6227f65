package bellframe.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.channels.Channel;
import bellframe.channels.NewChannel;
import bellframe.flows.ChannelFlow.Fallback;
import bellframe.flows.ChannelFlow.Processor;
import bellframe.identity.Bearer;
import bellframe.messages.TestMessages;
import bellframe.names.MessageId;
import bellframe.storage.memory.MemoryStorage;
import bellframe.streaming.StreamReplay.Part;
import bellframe.streaming.StreamReplay.Selection;
import bellframe.testing.TestClock;
import bellframe.testing.TestProcessors.Call;
import bellframe.testing.TestSinks.Appended;
import bellframe.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamReplayTest {

    private static final String STREAM = "arn:aws:kinesis:us-east-1:123456789012:stream/chime-messaging-a";
    private static final Pattern CONTENT = Pattern.compile("\"Content\":\"([^\"]*)\"");

    private final MemoryStorage storage = new MemoryStorage();
    private final TestClock clock = new TestClock();
    private final World world = new World(storage, clock);
    private final Bearer alice = world.user("alice");
    private final Bearer bob = world.user("bob");
    /// Moves on by so much with each look at it.
    private final AtomicLong nanos = new AtomicLong();
    private long step;
    private final StreamReplay replay = new StreamReplay(world.channels, world.history, world.actors, world.sinks,
            () -> nanos.addAndGet(step));

    @AfterEach
    void close() {
        world.close();
        storage.close();
    }

    @Test
    void messagesAreAppendedAsTheyAreNow() {
        Channel channel = world.channel(alice, bob);
        send(channel, "first");
        MessageId edited = send(channel, "second");
        MessageId redacted = send(channel, "third");
        MessageId deleted = send(channel, "fourth");
        TestMessages.send(world, alice, channel, "for bob", bob.arn());
        TestMessages.update(world, alice, channel, edited, "second, edited");
        TestMessages.redact(world, alice, channel, redacted);
        world.admins.create(world.appInstance.arn(), alice.toString());
        TestMessages.delete(world, alice, channel, deleted);

        assertThat(replay.append(everything(), STREAM, null)).isEqualTo(new Part(4, 0, null, null));

        List<Appended> records = world.sinks.all();
        assertThat(records).allMatch(record -> record.eventType().equals("CREATE_CHANNEL_MESSAGE")
                && record.stream().equals(STREAM) && record.partitionKey().equals(channel.arn().toString()));
        assertThat(records).extracting(StreamReplayTest::content)
                .containsExactly("first", "second, edited", "", "for bob");
        assertThat(records.get(2).text()).contains("\"Redacted\":true", redacted.text());
        assertThat(records.get(3).text()).contains("\"Target\":[{\"MemberArn\":\"" + bob.arn());
    }

    @Test
    void whatDidNotComeThroughAFlowIsNotAppended() throws InterruptedException {
        Channel channel = world.channel(alice, bob);
        String flow = world.flows.create(world.appInstance.arn(), "flow",
                List.of(new Processor("processor", "arn:aws:lambda:us-east-1:123456789012:function:f", 1,
                        Fallback.ABORT)),
                Map.of(), "root", "the-token-of-the-flow").arn().toString();
        world.flows.associate(channel, flow);
        MessageId passed = send(channel, "passed");
        callBack(channel, passed, world.processors.next(), false);
        callBack(channel, send(channel, "denied"), world.processors.next(), true);
        send(channel, "pending");
        TestMessages.update(world, alice, channel, passed, "pending edit");

        replay.append(everything(), STREAM, null);

        assertThat(contents()).containsExactly("passed");
    }

    @Test
    void retentionAndTheEndsOfTheTimeBound() {
        Channel channel = world.channel(alice, bob);
        send(channel, "one");
        clock.move(Duration.ofHours(20));
        Instant second = clock.instant();
        send(channel, "two");
        clock.move(Duration.ofHours(20));
        Instant third = clock.instant();
        send(channel, "three");

        replay.append(new Selection(world.appInstance.arn(), null, second, second), STREAM, null);
        assertThat(contents()).containsExactly("two");
        replay.append(new Selection(world.appInstance.arn(), null, second.plusMillis(1), null), STREAM, null);
        assertThat(contents()).containsExactly("three");
        replay.append(new Selection(world.appInstance.arn(), null, null, third.minusMillis(1)), STREAM, null);
        assertThat(contents()).containsExactly("one", "two");

        world.retentions.put(world.appInstance.arn(), 1);
        replay.append(everything(), STREAM, null);
        assertThat(contents()).containsExactly("two", "three");
    }

    @Test
    void oneChannelAloneCanBeChosen() {
        send(world.channel(alice), "elsewhere");
        Channel channel = privateChannel();
        send(channel, "here");

        var part = replay.append(new Selection(world.appInstance.arn(), channel.arn(), null, null), STREAM, null);

        assertThat(part).isEqualTo(new Part(1, 0, null, null));
        assertThat(contents()).containsExactly("here");
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 300, 700, 1_100})
    void partsFollowEachOtherWithoutGapsOrRepetitions(long millisPerLook) {
        var sent = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            Channel channel = i % 3 == 0 ? privateChannel() : world.channel(alice);
            int number = i;
            IntStream.range(0, i == 5 ? 230 : i % 4).forEach(j -> {
                send(channel, number + "-" + j);
                sent.add(number + "-" + j);
            });
        }
        step = Duration.ofMillis(millisPerLook).toNanos();

        long appended = 0;
        ReplayPoint at = null;
        do {
            Part part = replay.append(everything(), STREAM, at);
            assertThat(part.failure()).isNull();
            appended += part.appended();
            at = part.next() == null ? null : ReplayPoint.parse(part.next().toString()).orElseThrow();
        } while (at != null);

        List<String> contents = contents();
        assertThat(contents).containsExactlyInAnyOrderElementsOf(sent).hasSize((int) appended);
        assertThat(contents.stream().filter(content -> content.startsWith("5-"))).containsExactlyElementsOf(
                IntStream.range(0, 230).mapToObj(j -> "5-" + j).toList());
    }

    @Test
    void afterAFailureItGoesOnWithWhatFailed() {
        Channel channel = world.channel(alice);
        IntStream.range(0, 3).forEach(i -> send(channel, "message " + i));
        world.sinks.failWith(STREAM, "down");

        Part failed = replay.append(everything(), STREAM, null);

        assertThat(failed.appended()).isZero();
        assertThat(failed.failure()).isEqualTo("down");
        assertThat(failed.next()).isNotNull();
        world.sinks.failWith(STREAM, null);
        assertThat(replay.append(everything(), STREAM, failed.next())).isEqualTo(new Part(3, 0, null, null));
    }

    @Test
    void aChannelThatWasDeletedMeanwhileIsPassedOver() {
        Channel first = world.channel(alice);
        IntStream.range(0, 9).forEach(i -> send(first, "message " + i));
        step = Duration.ofMillis(700).toNanos();
        Part part = replay.append(everything(), STREAM, null);
        assertThat(part.next()).isNotNull();
        world.channels.delete(first);
        world.purge();
        world.sinks.all();
        step = 0;
        send(world.channel(alice), "another channel");

        assertThat(replay.append(everything(), STREAM, part.next())).isEqualTo(new Part(1, 0, null, null));
        assertThat(contents()).containsExactly("another channel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PUBLIC", "PUBLIC:0", "PUBLIC:zz:", "SECRET::", "PUBLIC::a", "PUBLIC::a:00"})
    void whatIsNoPointIsNoneRead(String text) {
        assertThat(ReplayPoint.parse(text)).isEmpty();
    }

    private Selection everything() {
        return new Selection(world.appInstance.arn(), null, null, null);
    }

    private Channel privateChannel() {
        return world.channels.create(alice, new NewChannel(world.appInstance.arn(), null, "private",
                Channel.Mode.RESTRICTED, Channel.Privacy.PRIVATE, null, null, List.of(), List.of(), Map.of()),
                UUID.randomUUID().toString());
    }

    private MessageId send(Channel channel, String content) {
        return TestMessages.send(world, alice, channel, content, null);
    }

    private void callBack(Channel channel, MessageId id, Call call, boolean deny) {
        TestMessages.callBack(world, channel, id, call.text("CallbackId"), deny);
    }

    private List<String> contents() {
        return world.sinks.all().stream().map(StreamReplayTest::content).toList();
    }

    /// Empty if there is none.
    private static String content(Appended record) {
        Matcher content = CONTENT.matcher(record.text());
        return content.find() ? content.group(1) : "";
    }
}
