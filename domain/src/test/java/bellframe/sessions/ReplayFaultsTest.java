package bellframe.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import bellframe.channels.Channel;
import bellframe.channels.Membership;
import bellframe.flows.ChannelFlow.Fallback;
import bellframe.flows.ChannelFlow.Processor;
import java.util.Map;
import java.util.Objects;
import bellframe.identity.Bearer;
import bellframe.messages.TestMessages;
import bellframe.names.MessageId;
import bellframe.refusals.Refused;
import bellframe.storage.StorageUnavailable;
import bellframe.storage.Table;
import bellframe.testing.HookedStorage;
import bellframe.testing.TestClock;
import bellframe.testing.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What clients that come back are told when calls collide or fail at a bad moment.
class ReplayFaultsTest {

    private static final class Client extends TestClient {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private volatile boolean open = true;

        Client(Lane lane) {
            super(lane);
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void send(Frame frame) {
            received.add(((TextFrame) frame).text());
        }

        @Override
        public void close(CloseReason reason) {
            received.add("closed " + reason);
        }
    }

    private final HookedStorage storage = new HookedStorage();
    private final World world = new World(storage, new TestClock());
    private final Sessions sessions = new Sessions(world.actors, world.memberships, world.events, TextFrame::encode,
            world.prefetch, world.replay, new SessionLimits(100, 0), new SimpleMeterRegistry());
    private final TestLane lane = new TestLane();
    private final Bearer ada = world.user("ada");
    private final Bearer bob = world.user("bob");
    private final Bearer eve = world.user("eve");
    private int connects;

    @BeforeEach
    void listen() {
        world.admins.create(world.appInstance.arn(), ada.toString());
        world.events.subscribe(sessions);
    }

    @AfterEach
    void close() {
        sessions.close();
        world.close();
        lane.close();
        storage.close();
    }

    /// Everything a client hears until a live message, or until it is told that it is not told.
    private List<String> hears(Bearer user, @Nullable String position, Channel live) throws InterruptedException {
        var client = new Client(lane);
        connects++;
        sessions.opened(client, "root", new ConnectRequest(user.toString(), "s" + connects, null, position));
        TestMessages.send(world, ada, live, "the end", null);
        var heard = new ArrayList<String>();
        String text = "";
        while (!text.contains("the end") && !text.contains("GAP_NOT_REPLAYED")) {
            text = client.received.poll(5, TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("nothing more after " + heard);
            }
            heard.add(text);
        }
        client.open = false;
        sessions.closed(client);
        return heard.subList(1, text.contains("the end") ? heard.size() - 1 : heard.size());
    }

    private String position() {
        world.events.awaitTold();
        return world.events.told().text();
    }

    @Test
    void anEditThatLostToADeletionDoesNotHideIt() throws Exception {
        Channel channel = world.channel(ada, bob);
        MessageId message = TestMessages.send(world, ada, channel, "to be deleted", null);
        String seen = position();
        storage.afterMessageRead.set(() -> TestMessages.delete(world, ada, channel, message));
        assertThatCode(() -> TestMessages.update(world, ada, channel, message, "edited"))
                .isInstanceOf(Refused.class);

        TestMessages.send(world, ada, channel, "another", null);
        position();
        List<String> heard = hears(bob, seen, channel);
        assertThat(heard).anyMatch(text -> text.contains("DELETE_CHANNEL_MESSAGE"));
    }

    @Test
    void aMessageThatTwoCallbacksWantedToSendIsToldOnce() throws Exception {
        Channel channel = withFlow(world.channel(ada, bob));
        Channel other = world.channel(ada, bob);
        String seen = position();
        MessageId message = TestMessages.send(world, ada, channel, "passed", null);
        String callback = world.processors.next().text("CallbackId");
        storage.afterMessageRead.set(() -> TestMessages.callBack(world, channel, message, callback, false));
        assertThatCode(() -> TestMessages.callBack(world, channel, message, callback, false))
                .isInstanceOf(Refused.class);
        position();
        assertThat(hears(bob, seen, other)).singleElement().asString().contains("CREATE_CHANNEL_MESSAGE", "passed");
        assertThat(hears(ada, seen, other)).singleElement().asString().contains("CREATE_CHANNEL_MESSAGE", "passed");
    }

    @Test
    void aDenialThatCameTooLateIsNotTold() throws Exception {
        Channel channel = withFlow(world.channel(ada, bob));
        Channel other = world.channel(ada, bob);
        String seen = position();
        MessageId message = TestMessages.send(world, ada, channel, "passed", null);
        String callback = world.processors.next().text("CallbackId");
        storage.afterMessageRead.set(() -> TestMessages.callBack(world, channel, message, callback, false));
        assertThatCode(() -> TestMessages.callBack(world, channel, message, callback, true))
                .isInstanceOf(Refused.class);
        position();
        assertThat(hears(ada, seen, other)).singleElement().asString().contains("CREATE_CHANNEL_MESSAGE", "passed");
    }

    @Test
    void theSenderWhoSawItWaitIsToldThatItWasDeleted() throws Exception {
        Channel channel = withFlow(world.channel(ada, bob));
        Channel other = world.channel(ada, bob);
        MessageId message = TestMessages.send(world, ada, channel, "passed", null);
        String seen = position();
        TestMessages.callBack(world, channel, message, world.processors.next().text("CallbackId"), false);
        TestMessages.delete(world, ada, channel, message);
        position();
        assertThat(hears(ada, seen, other)).singleElement().asString().contains("DELETE_CHANNEL_MESSAGE");
        assertThat(hears(bob, seen, other)).isEmpty();
    }

    @Test
    void anEditThatWaitsIsNotToldAsIfItHadCome() throws Exception {
        Channel channel = world.channel(ada, bob);
        Channel other = world.channel(ada, bob);
        String seen = position();
        MessageId message = TestMessages.send(world, ada, channel, "old", null);
        TestMessages.update(world, ada, withFlow(channel), message, "new");
        position();
        assertThat(hears(ada, seen, other)).satisfiesExactly(
                created -> assertThat(created).contains("CREATE_CHANNEL_MESSAGE", "old").doesNotContain("PENDING"),
                held -> assertThat(held).contains("PENDING_UPDATE_CHANNEL_MESSAGE", "new"));
        assertThat(hears(bob, seen, other)).singleElement().asString().contains("CREATE_CHANNEL_MESSAGE", "old");
    }

    @Test
    void nobodyHearsOfAMessageThatIsErasedWhileItWaits() throws Exception {
        Channel channel = withFlow(world.channel(ada, bob, eve));
        TestMessages.send(world, eve, channel, "waits", null);
        var client = new Client(lane);
        sessions.opened(client, "root", new ConnectRequest(bob.toString(), "live", null, null));
        world.messages.eraseSender(channel, eve.arn());
        TestMessages.send(world, ada, world.channel(ada, bob), "the end", null);
        String text = "";
        while (!text.contains("the end")) {
            text = client.received.poll(5, TimeUnit.SECONDS);
            assertThat(text).isNotNull().doesNotContain("DELETE_CHANNEL_MESSAGE");
        }
    }

    private Channel withFlow(Channel channel) {
        String flow = world.flows.create(world.appInstance.arn(), "flow",
                List.of(new Processor("processor", "arn:aws:lambda:us-east-1:123456789012:function:f", 1,
                        Fallback.ABORT)),
                Map.of(), "root", "the-token-of-the-flow").arn().toString();
        world.flows.associate(channel, flow);
        return Objects.requireNonNull(world.channels.find(channel.arn()));
    }

    @Test
    void whoWasRemovedAndAddedAgainIsToldThatItLeft() throws Exception {
        Channel channel = world.channel(ada, bob, eve);
        MessageId message = TestMessages.send(world, ada, channel, "a secret", null);
        String seen = position();
        world.memberships.remove(channel.reference(), bob.arn());
        TestMessages.redact(world, ada, channel, message);
        world.memberships.remove(channel.reference(), eve.arn());
        world.memberships.add(channel, ada.arn(), world.actors.named(bob.toString(), world.appInstance.arn()),
                Membership.Type.DEFAULT);

        List<String> heard = hears(bob, seen, channel);
        assertThat(heard.getFirst()).contains("DELETE_CHANNEL_MEMBERSHIP", "/user/bob");
        assertThat(heard.getLast()).contains("CREATE_CHANNEL_MEMBERSHIP", "/user/bob");
    }

    @Test
    void aUserWhoIsDeletedAndCreatedAnewIsToldWhatItLeft() throws Exception {
        Channel channel = world.channel(ada, bob);
        String seen = position();
        world.users.delete(bob.toString());
        Bearer again = world.user("bob");
        Channel other = world.channel(ada, again);

        List<String> heard = hears(again, seen, other);
        String left = channel.arn().toString();
        assertThat(heard).anyMatch(text -> text.contains("DELETE_CHANNEL_MEMBERSHIP") && text.contains(left));
    }

    @Test
    void whatCouldNotBeForgottenIsForgottenTheNextTime() {
        Channel channel = world.channel(ada, bob);
        world.memberships.remove(channel.reference(), bob.arn());
        world.clock.move(Duration.ofDays(1));
        storage.refuseOnce.set(batch -> batch.writes().stream().anyMatch(write -> write.table() == Table.CHANGES));
        assertThatCode(world.changes::forgetAll).isInstanceOf(StorageUnavailable.class);
        world.changes.forgetAll();
        world.clock.move(Duration.ofDays(30));
        world.sweeper.sweep();
        assertThat(storage.rows.rowCounts()).doesNotContainKeys(Table.CHANGES, Table.CHANGED);
    }

    @Test
    void aSweepDoesNotPromiseWhatAnErasureHasForgotten() throws Exception {
        Channel channel = world.channel(ada, bob);
        Channel other = world.channel(ada, bob);
        world.clock.move(World.CHANGES_KEPT.plusDays(1));
        TestMessages.send(world, ada, channel, "later", null);
        String seen = position();
        world.memberships.remove(other.reference(), bob.arn());
        world.clock.move(Duration.ofMinutes(1));
        var erasing = new Thread(world.changes::forgetAll);
        storage.beforeMetaWrite.set(() -> {
            erasing.start();
            try {
                erasing.join(500);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        world.changes.forgetOlderThan(World.CHANGES_KEPT);
        erasing.join();

        List<String> heard = hears(bob, seen, channel);
        assertThat(heard).anyMatch(
                text -> text.contains("DELETE_CHANNEL_MEMBERSHIP") || text.contains("GAP_NOT_REPLAYED"));
    }

    @Test
    void aReservationThatFailedInVainFailsNobody() {
        Channel channel = world.channel(ada, bob);
        // In the second half of what is reserved, a new reservation is begun, and refused.
        TestMessages.send(world, ada, channel, "one", null);
        world.clock.move(Duration.ofSeconds(20));
        TestMessages.send(world, ada, channel, "two", null);
        world.clock.move(Duration.ofSeconds(6));
        storage.refuseOnce.set(batch -> batch.writes().stream().anyMatch(write -> write.table() == Table.META));
        TestMessages.send(world, ada, channel, "three", null);
        assertThatCode(() -> TestMessages.send(world, ada, channel, "four", null)).doesNotThrowAnyException();
    }

    @Test
    void forWhatIsTooOldNoMessageIsRead() throws Exception {
        Channel channel = world.channel(ada, bob);
        for (int i = 0; i < 250; i++) {
            TestMessages.send(world, ada, channel, "m", null);
        }
        position();
        storage.rowsRead.set(0);
        var client = new Client(lane);
        sessions.opened(client, "root", new ConnectRequest(bob.toString(), "s", null, "0000000000000000"));
        client.received.take();
        assertThat(client.received.take()).contains("TOO_OLD");
        assertThat(storage.rowsRead.get()).isLessThan(20);
    }

}
