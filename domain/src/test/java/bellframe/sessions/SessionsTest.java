package bellframe.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.names.Identity;
import bellframe.events.MessageSnapshot;
import bellframe.events.ChannelEvent;
import bellframe.channels.Channel;
import bellframe.channels.MemberChannel;
import bellframe.channels.Membership;
import bellframe.flows.ChannelFlow;
import bellframe.identity.Bearer;
import bellframe.messages.TestMessages;
import bellframe.refusals.Refused;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.TestClock;
import bellframe.testing.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.Map;
import java.time.Instant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private static final int SESSIONS_MAX = 3;

    private final AtomicInteger framesHeld = new AtomicInteger();

    /// A frame that counts its holders.
    private final class CountedFrame implements Frame {
        private final String text;

        CountedFrame(byte[] text) {
            this.text = new String(text, StandardCharsets.UTF_8);
            framesHeld.incrementAndGet();
        }

        @Override
        public void retain() {
            framesHeld.incrementAndGet();
        }

        @Override
        public void release() {
            framesHeld.decrementAndGet();
        }
    }

    /// A client that remembers what it was sent.
    private static class TestConnection extends TestClient {
        final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        final AtomicInteger flushes = new AtomicInteger();
        private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();

        TestConnection(Lane lane) {
            super(lane);
        }

        @Override
        public boolean isOpen() {
            return !closed.isDone();
        }

        @Override
        public void send(Frame frame) {
            received.add(((CountedFrame) frame).text);
        }

        @Override
        public void flush() {
            flushes.incrementAndGet();
        }

        @Override
        public void close(CloseReason reason) {
            closed.complete(reason);
        }

        String next() throws InterruptedException {
            String text = received.poll(10, TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("nothing came");
            }
            return text;
        }

        CloseReason closeReason() throws Exception {
            return closed.get(10, TimeUnit.SECONDS);
        }
    }

    private final MemoryStorage storage = new MemoryStorage();
    private final World world = new World(storage, new TestClock());
    private final TestLane oneLane = new TestLane();
    private final TestLane otherLane = new TestLane();
    private final Sessions sessions = new Sessions(world.actors, world.memberships, world.events, CountedFrame::new,
            world.prefetch, world.replay,
            new SessionLimits(SESSIONS_MAX, 0), new SimpleMeterRegistry());
    private final Bearer alice = world.user("alice");
    private final Bearer bob = world.user("bob");

    @BeforeEach
    void listen() {
        world.events.subscribe(sessions);
    }

    @AfterEach
    void close() {
        sessions.close();
        world.close();
        oneLane.close();
        otherLane.close();
        storage.close();
        assertThat(framesHeld).hasValue(0);
    }

    @Test
    void aSessionIsEstablishedFirstAndThenHearsOfItsChannels() throws Exception {
        Channel channel = world.channel(alice, bob);
        TestConnection connection = connect(bob, "one", oneLane);
        assertThat(connection.next()).contains("\"SESSION_ESTABLISHED\"", "\"SYSTEM\"", "\"Payload\":\"{}\"");
        world.channels.update(channel, "renamed", null, null);
        assertThat(connection.next()).contains("\"UPDATE_CHANNEL\"", "renamed");
    }

    @Test
    void membersByEventHearFromTheirOwnJoinToTheirOwnLeave() throws Exception {
        Channel channel = world.channel(alice);
        TestConnection connection = connect(bob, "one", oneLane);
        connection.next();
        join(channel, bob, Membership.Type.DEFAULT);
        assertThat(connection.next()).contains("\"CREATE_CHANNEL_MEMBERSHIP\"", "/user/bob");
        leave(channel, bob);
        assertThat(connection.next()).contains("\"DELETE_CHANNEL_MEMBERSHIP\"");
        world.channels.update(channel, "unheard", null, null);
        join(channel, bob, Membership.Type.DEFAULT);
        assertThat(connection.next()).contains("\"CREATE_CHANNEL_MEMBERSHIP\"");
    }

    @Test
    void onlyItsSenderHearsThatAMessageIsGoneWhichHadNotComeThroughAFlow() throws Exception {
        Channel channel = world.channel(alice, bob);
        String flow = world.flows.create(world.appInstance.arn(), "flow",
                List.of(new ChannelFlow.Processor("processor", "arn:aws:lambda:us-east-1:123456789012:function:f", 1,
                        ChannelFlow.Fallback.ABORT)),
                Map.of(), "root", "the-token-of-the-flow").arn().toString();
        world.flows.associate(channel, flow);
        TestConnection alices = connect(alice, "one", oneLane);
        TestConnection bobs = connect(bob, "one", otherLane);
        alices.next();
        bobs.next();
        TestMessages.send(world, alice, channel, "hello", null);
        assertThat(alices.next()).contains("\"PENDING_CREATE_CHANNEL_MESSAGE\"");
        world.messages.eraseSender(channel, alice.arn());
        assertThat(alices.next()).contains("\"DELETE_CHANNEL_MESSAGE\"");
        world.channels.update(channel, "renamed", null, null);
        assertThat(bobs.next()).contains("renamed");
    }

    @Test
    void hiddenMembersComeUnannouncedButHear() throws Exception {
        Channel channel = world.channel(alice);
        TestConnection alices = connect(alice, "one", oneLane);
        TestConnection bobs = connect(bob, "one", otherLane);
        alices.next();
        bobs.next();
        join(channel, bob, Membership.Type.HIDDEN);
        assertThat(bobs.next()).contains("\"CREATE_CHANNEL_MEMBERSHIP\"", "HIDDEN");
        world.channels.update(channel, "renamed", null, null);
        assertThat(bobs.next()).contains("renamed");
        assertThat(alices.next()).contains("renamed");
    }

    @Test
    void everySessionOfAUserHearsOnEveryLane() throws Exception {
        Channel channel = world.channel(alice);
        var connections = new ArrayList<TestConnection>();
        for (String id : List.of("one", "two", "three")) {
            connections.add(connect(alice, id, connections.size() % 2 == 0 ? oneLane : otherLane));
        }
        for (TestConnection connection : connections) {
            connection.next();
        }
        world.channels.update(channel, "renamed", null, null);
        for (TestConnection connection : connections) {
            assertThat(connection.next()).contains("renamed");
            assertThat(connection.received).isEmpty();
        }
    }

    @Test
    void oneSessionTooManyIsRefusedAndTheSameIdReplaces() throws Exception {
        TestConnection first = connect(alice, "one", oneLane);
        connect(alice, "two", oneLane);
        connect(alice, "three", oneLane);
        assertThat(connect(alice, "four", oneLane).closeReason()).isEqualTo(CloseReason.TOO_MANY_SESSIONS);
        connect(alice, "one", otherLane).next();
        assertThat(first.closeReason()).isEqualTo(CloseReason.REPLACED);
        sessions.closed(first);
        assertThat(sessions.size()).isEqualTo(SESSIONS_MAX);
    }

    @Test
    void nobodyAndTheDeletedDoNotConnectOrStay() throws Exception {
        assertThatExceptionOfType(Refused.class).isThrownBy(
                () -> sessions.opened(new TestConnection(oneLane), "root",
                        new ConnectRequest(alice + "x", "one", null, null)));
        TestConnection connection = connect(alice, "one", oneLane);
        sessions.userDeleted(alice.arn());
        assertThat(connection.closeReason()).isEqualTo(CloseReason.FORBIDDEN);
        TestConnection bobs = connect(bob, "one", oneLane);
        sessions.appInstanceDeleted(world.appInstance.arn());
        assertThat(bobs.closeReason()).isEqualTo(CloseReason.FORBIDDEN);
    }

    @Test
    void aUserDeletedWhileConnectingIsRefused() {
        var lane = new Lane() {
            @Override
            public void execute(Runnable task) {
                if (world.users.find(alice.arn()) != null) {
                    world.users.delete(alice.toString());
                }
                oneLane.execute(task);
            }
        };
        var connection = new TestConnection(lane);
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(
                        () -> sessions.opened(connection, "root",
                                new ConnectRequest(alice.toString(), "one", null, null)));
        sessions.closed(connection);
        assertThat(connection.received).isEmpty();
    }

    @Test
    void aDrainThatStartsWhileAClientConnectsClosesItToo() throws Exception {
        var drained = new AtomicReference<CompletableFuture<Void>>();
        var connection = new TestConnection(oneLane) {
            @Override
            public boolean isOpen() {
                drained.set(sessions.drain(Duration.ZERO));
                return super.isOpen();
            }
        };
        sessions.opened(connection, "root", new ConnectRequest(alice.toString(), "one", null, null));
        assertThat(connection.closeReason()).isEqualTo(CloseReason.SERVICE_RESTART);
        sessions.closed(connection);
        assertThat(drained.get()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void aConnectionThatEndedWhileConnectingLeavesNothing() throws Exception {
        var gone = new TestConnection(oneLane);
        gone.close(CloseReason.FORBIDDEN);
        sessions.opened(gone, "root", new ConnectRequest(alice.toString(), "one", null, null));
        sessions.closed(gone);
        assertThat(sessions.size()).isZero();
        assertThat(gone.received).isEmpty();
    }

    @Test
    void drainingClosesAllAndLetsNobodyIn() throws Exception {
        TestConnection connection = connect(alice, "one", oneLane);
        CompletableFuture<Void> drained = sessions.drain(Duration.ofMillis(10));
        assertThat(connection.closeReason()).isEqualTo(CloseReason.SERVICE_RESTART);
        assertThat(drained).isNotDone();
        sessions.closed(connection);
        assertThat(drained).succeedsWithin(Duration.ofSeconds(10));
        assertThat(connect(bob, "one", oneLane).closeReason()).isEqualTo(CloseReason.SERVICE_RESTART);
    }

    @Test
    void aChannelLeftWhileItsMembershipsAreReadIsNotHeardAgain() {
        var index = new LaneIndex();
        var connection = new TestConnection(oneLane);
        index.register("alice", connection);
        index.unsubscribe("alice", "left");
        index.drop("deleted");
        index.unsubscribe("alice", "back");
        index.subscribe("alice", "back");
        index.load("alice", connection, List.of("left", "deleted", "back", "stayed"));
        index.loaded("alice", connection);
        Frame frame = new CountedFrame(new byte[0]);
        var everyone = new Audience.Everyone();
        assertThat(deliver(index, "left", everyone, frame)).isZero();
        assertThat(deliver(index, "deleted", everyone, frame)).isZero();
        assertThat(deliver(index, "back", everyone, frame)).isOne();
        assertThat(deliver(index, "stayed", everyone, frame)).isOne();
        assertThat(deliver(index, "stayed", new Audience.Only(List.of("bob")), frame)).isZero();
        index.unregister("alice", connection);
        assertThat(deliver(index, "stayed", everyone, frame)).isZero();
        frame.release();
    }

    @Test
    void aMessageToManyIsSentInPieces() {
        var index = new LaneIndex();
        var connections = new ArrayList<TestConnection>();
        for (int i = 0; i < 600; i++) {
            var connection = new TestConnection(oneLane);
            connections.add(connection);
            index.register("user-" + i, connection);
            index.subscribe("user-" + i, "channel");
        }
        Frame frame = new CountedFrame(new byte[0]);
        LaneIndex.Delivery delivery = index.delivery("channel", new Audience.Everyone(), List.of(frame));

        assertThat(delivery.proceed()).isFalse();
        assertThat(delivery.sent()).isBetween(1, 599);
        while (!delivery.proceed()) {
            assertThat(delivery.sent()).isLessThan(600);
        }

        assertThat(delivery.sent()).isEqualTo(600);
        assertThat(connections).allSatisfy(connection -> assertThat(connection.received).hasSize(1));
        frame.release();
    }

    @Test
    void messagesOfAChannelThatWaitBehindEachOtherAreToldTogetherAndInOrder() throws Exception {
        Channel channel = world.channel(alice, bob);
        Channel other = world.channel(alice, bob);
        var busy = new BusyLane(oneLane);
        TestConnection connection = connect(bob, "one", busy);
        assertThat(connection.next()).contains("SESSION_ESTABLISHED");
        awaitLane();
        int flushes = connection.flushes.get();

        busy.hold();
        for (String text : List.of("first", "second", "third")) {
            publishMessage(channel, text);
        }
        publishMessage(other, "elsewhere");
        world.events.awaitTold();
        busy.goOn();

        for (String text : List.of("first", "second", "third", "elsewhere")) {
            assertThat(connection.next()).contains(text);
        }
        awaitLane();
        assertThat(connection.flushes.get() - flushes).isEqualTo(2);
    }

    /// What was sent is flushed then.
    private void awaitLane() {
        CompletableFuture.runAsync(() -> {
        }, oneLane.thread()).join();
    }

    private void publishMessage(Channel channel, String content) {
        Instant now = Instant.EPOCH;
        world.events.publishUnstored(new ChannelEvent.MessageCreated(channel.incarnation(),
                new MessageSnapshot(channel.arn().toString(), "0".repeat(64), "STANDARD", false, content, null, null,
                        Map.of(), null, new Identity(alice.toString(), "alice"), false, now, now, null, "SENT", null)));
    }

    /// A lane that has something else to do for a while.
    private static final class BusyLane implements Lane {

        private final Lane lane;
        private final CountDownLatch done = new CountDownLatch(1);

        BusyLane(Lane lane) {
            this.lane = lane;
        }

        void hold() {
            lane.execute(() -> {
                try {
                    done.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        void goOn() {
            done.countDown();
        }

        @Override
        public void execute(Runnable task) {
            lane.execute(task);
        }
    }

    @Test
    void whatWasHeldIsSentInPiecesAndThenEventsComeAsTheyAre() throws Exception {
        var index = new LaneIndex();
        var connection = new TestConnection(oneLane);
        index.registerBehind("alice", connection);
        index.subscribe("alice", "channel");
        var everyone = new Audience.Everyone();
        Frame withheld = new CountedFrame("withheld".getBytes(StandardCharsets.UTF_8));
        deliver(index, "channel", everyone, withheld);
        index.hold("alice", connection);
        Frame held = new CountedFrame("held".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 5; i++) {
            deliver(index, "channel", everyone, held);
        }
        var left = new AtomicInteger();

        assertThat(index.goOn("alice", connection, 3, left::incrementAndGet)).isFalse();
        assertThat(connection.received).hasSize(3).containsOnly("held");
        assertThat(left).hasValue(1);
        deliver(index, "channel", everyone, held);
        assertThat(connection.received).hasSize(3);
        assertThat(index.goOn("alice", connection, 3, left::incrementAndGet)).isTrue();
        assertThat(connection.received).hasSize(6);
        assertThat(deliver(index, "channel", everyone, withheld)).isOne();
        withheld.release();
        held.release();
    }

    @Test
    void whoLeavesAChannelWhileItsEventsAreHeldHearsOfItOnlyThat() throws Exception {
        var index = new LaneIndex();
        var connection = new TestConnection(oneLane);
        index.registerBehind("alice", connection);
        index.hold("alice", connection);
        var everyone = new Audience.Everyone();
        for (String channel : List.of("left", "stayed")) {
            index.subscribe("alice", channel);
            Frame event = new CountedFrame(("event of " + channel).getBytes(StandardCharsets.UTF_8));
            deliver(index, channel, everyone, event);
            event.release();
        }
        Frame leaving = new CountedFrame("leaving".getBytes(StandardCharsets.UTF_8));
        deliver(index, "left", everyone, leaving);
        index.unsubscribe("alice", "left");
        leaving.release();

        assertThat(index.goOn("alice", connection, 10, () -> {
        })).isTrue();
        assertThat(connection.received).containsExactly("event of stayed", "leaving");
    }

    @Test
    void whatAnEndedConnectionReadDoesNotBringBackAChannelThatWasLeft() {
        var index = new LaneIndex();
        var ended = new TestConnection(oneLane);
        var stayed = new TestConnection(oneLane);
        index.register("alice", ended);
        index.unregister("alice", ended);
        index.register("alice", stayed);
        index.load("alice", ended, List.of("left before"));
        index.loaded("alice", ended);
        index.unsubscribe("alice", "left meanwhile");
        index.load("alice", stayed, List.of("left meanwhile", "stayed"));
        index.loaded("alice", stayed);
        Frame frame = new CountedFrame(new byte[0]);
        var everyone = new Audience.Everyone();
        assertThat(deliver(index, "left before", everyone, frame)).isZero();
        assertThat(deliver(index, "left meanwhile", everyone, frame)).isZero();
        assertThat(deliver(index, "stayed", everyone, frame)).isOne();
        frame.release();
    }

    /// A client that takes one prefetched frame at a time, when told to.
    private static final class UnhurriedConnection extends TestConnection {
        private final BlockingQueue<Runnable> leaving = new LinkedBlockingQueue<>();

        UnhurriedConnection(Lane lane) {
            super(lane);
        }

        @Override
        public void send(Frame frame, Runnable left) {
            send(frame);
            leaving.add(left);
        }

        void takeOne() throws InterruptedException {
            Runnable left = leaving.poll(10, TimeUnit.SECONDS);
            assertThat(left).isNotNull();
            left.run();
        }
    }

    @Test
    void detailsFollowOneAfterAnotherAsTheClientTakesThem() throws Exception {
        Channel first = world.channel(alice, bob);
        Channel second = world.channel(alice, bob);
        world.clock.move(Duration.ofSeconds(1));
        TestMessages.send(world, alice, first, "one", null);
        world.clock.move(Duration.ofSeconds(1));
        TestMessages.send(world, alice, second, "two", null);
        var connection = new UnhurriedConnection(oneLane);

        sessions.opened(connection, "root", new ConnectRequest(bob.toString(), "one", PrefetchOrder.UNREAD, null));

        assertThat(connection.next()).contains("SESSION_ESTABLISHED");
        assertThat(connection.next()).contains("CHANNEL_DETAILS").contains(second.arn().toString());
        TestMessages.send(world, alice, first, "live", null);
        assertThat(connection.next()).as("events wait for no details").contains("CREATE_CHANNEL_MESSAGE");
        connection.takeOne();
        assertThat(connection.next()).contains("CHANNEL_DETAILS").contains(first.arn().toString());
        connection.takeOne();
    }

    @Test
    void whoHasLeftAChannelIsNotToldItsDetails() throws Exception {
        Channel left = world.channel(alice, bob);
        Channel stayed = world.channel(alice, bob);
        world.clock.move(Duration.ofSeconds(1));
        TestMessages.send(world, alice, stayed, "newest", null);
        var connection = new UnhurriedConnection(oneLane);
        sessions.opened(connection, "root", new ConnectRequest(bob.toString(), "one", PrefetchOrder.UNREAD, null));
        assertThat(connection.next()).contains("SESSION_ESTABLISHED");
        assertThat(connection.next()).contains("CHANNEL_DETAILS").contains(stayed.arn().toString());

        leave(left, bob);
        assertThat(connection.next()).contains("DELETE_CHANNEL_MEMBERSHIP");
        connection.takeOne();
        TestMessages.send(world, alice, stayed, "after", null);

        assertThat(connection.next()).contains("CREATE_CHANNEL_MESSAGE");
        sessions.close();
        assertThat(connection.received).isEmpty();
    }

    @Test
    void aUserMayNotConnectTooOften() throws Exception {
        try (var limited = new Sessions(world.actors, world.memberships, world.events, CountedFrame::new,
                world.prefetch,
                world.replay,
                new SessionLimits(SESSIONS_MAX, 1), new SimpleMeterRegistry())) {
            var first = new TestConnection(oneLane);
            var second = new TestConnection(oneLane);
            var ofAnother = new TestConnection(oneLane);

            limited.opened(first, "root", new ConnectRequest(alice.toString(), "one", null, null));
            limited.opened(second, "root", new ConnectRequest(alice.toString(), "two", null, null));
            limited.opened(ofAnother, "root", new ConnectRequest(bob.toString(), "one", null, null));

            assertThat(first.next()).contains("SESSION_ESTABLISHED");
            assertThat(second.closeReason()).isEqualTo(CloseReason.CONNECTING_TOO_OFTEN);
            assertThat(ofAnother.next()).contains("SESSION_ESTABLISHED");
        }
    }

    private static int deliver(LaneIndex index, String channel, Audience audience, Frame frame) {
        LaneIndex.Delivery delivery = index.delivery(channel, audience, List.of(frame));
        assertThat(delivery.proceed()).isTrue();
        return delivery.sent();
    }

    private TestConnection connect(Bearer user, String sessionId, Lane lane) {
        var connection = new TestConnection(lane);
        sessions.opened(connection, "root", new ConnectRequest(user.toString(), sessionId, null, null));
        return connection;
    }

    private void join(Channel channel, Bearer user, Membership.Type type) {
        world.memberships.add(channel, alice.arn(), world.actors.named(user.toString(), world.appInstance.arn()), type);
    }

    private void leave(Channel channel, Bearer user) {
        world.memberships.remove(new MemberChannel(channel.arn(), channel.incarnation()), user.arn());
    }
}
