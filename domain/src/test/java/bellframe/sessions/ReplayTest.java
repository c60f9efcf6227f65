package bellframe.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.channels.Channel;
import bellframe.channels.Membership;
import bellframe.identity.Bearer;
import bellframe.messages.TestMessages;
import bellframe.names.MessageId;
import bellframe.refusals.Refused;
import bellframe.storage.Table;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.TestClock;
import bellframe.testing.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Clients that were away are told what they missed: in the end they know what those know who were there all the time.
class ReplayTest {

    private static final int STEPS = 2_000;
    private static final int ACTORS = 3;
    /// More than actors, so that none of them finds the last one deleted by another.
    private static final int CHANNELS_MIN = ACTORS + 3;
    /// How long clients stay, or stay away.
    private static final int TRAVEL_NANOS_MAX = 5_000_000;
    private static final int USERS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /// A connection whose client may have been here before.
    private static final class Client extends TestClient {
        private final ClientView view;
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final AtomicReference<@Nullable Throwable> fault;
        private volatile boolean open = true;

        Client(Lane lane, ClientView view, AtomicReference<@Nullable Throwable> fault) {
            super(lane);
            this.view = view;
            this.fault = fault;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void send(Frame frame) {
            synchronized (view) {
                if (open) {
                    String text = ((TextFrame) frame).text();
                    received.add(text);
                    hear(text);
                }
            }
        }

        private void hear(String text) {
            try {
                if (!text.contains("GAP_NOT_REPLAYED") && !text.contains("CHANNEL_DETAILS")) {
                    view.hear(text);
                }
            } catch (AssertionError wrong) {
                fault.compareAndSet(null, wrong);
            }
        }

        @Override
        public void close(CloseReason reason) {
            fault.compareAndSet(null, new AssertionError("closed: " + reason));
        }

        void goAway() {
            synchronized (view) {
                open = false;
            }
        }

        String next() throws InterruptedException {
            String text = received.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("nothing came");
            }
            return text;
        }
    }

    /// A message, and where it was sent.
    private record Sent(Channel channel, MessageId id) {
    }

    private final long seed = Long.getLong("bellframe.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final MemoryStorage storage = new MemoryStorage();
    private final World world = new World(storage, new TestClock());
    private final Sessions sessions = new Sessions(world.actors, world.memberships, world.events, TextFrame::encode,
            world.prefetch, world.replay, new SessionLimits(STEPS, 0), new SimpleMeterRegistry());
    private final List<TestLane> lanes = IntStream.range(0, 3).mapToObj(_ -> new TestLane()).toList();
    private final ExecutorService connecting = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
    private final List<Bearer> users = IntStream.range(0, USERS).mapToObj(i -> world.user("user" + i)).toList();
    private final Bearer ada = users.getFirst();
    private final Bearer bob = users.get(1);
    private final List<Channel> channels = new CopyOnWriteArrayList<>();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private int connects;

    @BeforeEach
    void listen() {
        world.admins.create(world.appInstance.arn(), ada.toString());
        world.events.subscribe(sessions);
    }

    @AfterEach
    void close() {
        connecting.close();
        sessions.close();
        world.close();
        lanes.forEach(TestLane::close);
        storage.close();
    }

    @RepeatedTest(6)
    void whoWasAwayKnowsInTheEndWhatTheOthersKnow() throws Exception {
        comeAndGo();
    }

    @Tag("long")
    @RepeatedTest(500)
    void whoWasAwayKnowsInTheEndWhatTheOthersKnowManyTimes() throws Exception {
        comeAndGo();
    }

    private void comeAndGo() throws Exception {
        System.out.println("ReplayTest: seed " + seed);
        List<ClientView> present = users.stream().map(user -> new ClientView(user.toString())).toList();
        List<ClientView> travelling = users.stream().map(user -> new ClientView(user.toString())).toList();
        var clients = new ArrayList<Client>();
        for (int i = 0; i < USERS; i++) {
            connect(users.get(i), present.get(i));
            clients.add(connect(users.get(i), travelling.get(i)));
        }
        await("established",
                () -> Stream.concat(present.stream(), travelling.stream()).allMatch(view -> view.position() != null));

        try (var threads = Executors.newFixedThreadPool(ACTORS)) {
            var acting = IntStream.range(0, ACTORS).mapToObj(actor -> threads.submit(() -> act(actor))).toList();
            while (!acting.stream().allMatch(Future::isDone)) {
                int traveller = random.nextInt(USERS);
                clients.set(traveller, move(clients.get(traveller), users.get(traveller), travelling.get(traveller)));
                LockSupport.parkNanos(random.nextInt(TRAVEL_NANOS_MAX));
            }
            for (Future<?> actor : acting) {
                actor.get();
            }
        }
        for (int i = 0; i < USERS; i++) {
            Client client = clients.get(i);
            clients.set(i, client.isOpen() ? client : connect(users.get(i), travelling.get(i)));
        }

        awaitSame(travelling, present);
        assertThat(present.stream().mapToInt(ClientView::events).sum()).isGreaterThan(STEPS / 2);
    }

    /// Goes away, or comes back.
    private Client move(Client client, Bearer user, ClientView view) {
        if (client.isOpen()) {
            client.goAway();
            sessions.closed(client);
            return client;
        }
        return connect(user, view);
    }

    private void act(int actor) {
        for (int step = 0; step < STEPS / ACTORS && fault.get() == null; step++) {
            step("step-" + actor + "-" + step);
        }
    }

    private void step(String name) {
        if (random.nextInt(50) == 0) {
            world.clock.move(Duration.ofMillis(random.nextInt(2_000) - 800));
        }
        if (channels.size() < CHANNELS_MIN) {
            channels.add(world.channel(ada, any(users), any(users)));
            return;
        }
        Channel channel = any(channels);
        Bearer user = any(users);
        try {
            act(name, channel, user);
        } catch (Refused because) {
            // Who is no member cannot be sent to, who is one cannot join, and what was deleted cannot be changed.
            assertThat(because.refusal()).as("seed %d", seed).isNotNull();
        }
    }

    private void act(String name, Channel channel, Bearer user) {
        switch (random.nextInt(20)) {
            case 0 -> {
                channels.remove(channel);
                world.channels.delete(channel);
            }
            case 1 -> world.purge();
            case 2 -> world.memberships.addAll(channel, ada.arn(),
                    users.stream().map(each -> world.actors.named(each.toString(), world.appInstance.arn())).toList(),
                    Membership.Type.DEFAULT);
            case 3, 4 -> world.memberships.add(channel, ada.arn(),
                    world.actors.named(user.toString(), world.appInstance.arn()),
                    random.nextBoolean() ? Membership.Type.DEFAULT : Membership.Type.HIDDEN);
            case 5, 6 -> world.memberships.remove(channel.reference(), user.arn());
            case 7 -> world.channels.update(channel, name, null, null);
            case 8 -> send(channel, name, user);
            case 9, 10 -> {
                Sent message = anySent(channel, name);
                TestMessages.update(world, ada, message.channel(), message.id(), name);
            }
            case 11 -> {
                Sent message = anySent(channel, name);
                TestMessages.redact(world, ada, message.channel(), message.id());
            }
            case 12 -> {
                Sent message = anySent(channel, name);
                TestMessages.delete(world, ada, message.channel(), message.id());
            }
            case 13 -> TestMessages.sendNonPersistent(world, ada, channel, name);
            default -> send(channel, name, null);
        }
    }

    private void send(Channel channel, String content, @Nullable Bearer target) {
        sent.add(new Sent(channel, TestMessages.send(world, ada, channel, content,
                target == null ? null : target.arn())));
    }

    /// One of the last messages, whose channel may be gone.
    private Sent anySent(Channel channel, String content) {
        if (sent.isEmpty()) {
            send(channel, content, null);
        }
        List<Sent> all = List.copyOf(sent);
        return any(all.subList(Math.max(0, all.size() - 20), all.size()));
    }

    @Test
    void theGapIsToldAndThenEventsAsTheyCome() throws Exception {
        Channel channel = world.channel(ada, bob);
        ClientView view = new ClientView(bob.toString());
        Client first = connect(bob, view);
        assertThat(first.next()).contains("SESSION_ESTABLISHED");
        world.memberships.remove(channel.reference(), bob.arn());
        Channel other = world.channel(ada, bob);
        assertThat(first.next()).contains("DELETE_CHANNEL_MEMBERSHIP");
        assertThat(first.next()).contains("CREATE_CHANNEL_MEMBERSHIP");
        leave(first);
        TestMessages.send(world, ada, channel, "not for one who left", null);
        MessageId one = TestMessages.send(world, ada, other, "one", null);
        TestMessages.send(world, ada, other, "two", null);
        TestMessages.update(world, ada, other, one, "one, better");
        TestMessages.sendNonPersistent(world, ada, other, "gone with the wind");

        Client second = connect(bob, view);

        assertThat(second.next()).contains("SESSION_ESTABLISHED");
        assertThat(second.next()).contains("CREATE_CHANNEL_MESSAGE", "one, better");
        assertThat(second.next()).contains("CREATE_CHANNEL_MESSAGE", "two");
        TestMessages.send(world, ada, other, "live", null);
        assertThat(second.next()).contains("CREATE_CHANNEL_MESSAGE", "live");
        assertThat(fault.get()).isNull();
    }

    @Test
    void positionsNobodyKnowsAreAnsweredWithOneEventAndEventsGoOn() throws Exception {
        Channel channel = world.channel(ada, bob);
        String future = world.order.now().plus(1_000_000_000).text();
        for (String position : List.of("", "0", "zzzzzzzzzzzzzzzz", "ffffffffffffffff", future)) {
            Client client = connect(bob, new ClientView(bob.toString()), position, null);
            assertThat(client.next()).contains("SESSION_ESTABLISHED", world.events.told().text());
            assertThat(client.next()).as(position)
                    .contains("GAP_NOT_REPLAYED", "UNKNOWN_POSITION",
                            world.events.told().text());
            TestMessages.send(world, ada, channel, "live", null);
            assertThat(client.next()).contains("CREATE_CHANNEL_MESSAGE", "live");
            leave(client);
        }
    }

    @Test
    void aGapThatIsTooOldIsNotToldAndPrefetchIs() throws Exception {
        Channel channel = world.channel(ada, bob);
        ClientView view = new ClientView(bob.toString());
        Client first = connect(bob, view);
        assertThat(first.next()).contains("SESSION_ESTABLISHED");
        leave(first);
        MessageId message = TestMessages.send(world, ada, channel, "message", null);
        TestMessages.update(world, ada, channel, message, "better");
        world.clock.move(World.CHANGES_KEPT.plusDays(1));
        world.sweeper.sweep();

        Client second = connect(bob, view, view.position(), PrefetchOrder.UNREAD);

        assertThat(second.next()).contains("SESSION_ESTABLISHED");
        assertThat(second.next()).contains("GAP_NOT_REPLAYED", "TOO_OLD");
        assertThat(second.next()).contains("CHANNEL_DETAILS", "better");
        assertThat(storage.rowCounts()).doesNotContainKeys(Table.CHANGES, Table.CHANGED);
    }

    @Test
    void tooManyEventsAreNotTold() throws Exception {
        Channel channel = world.channel(ada, bob);
        ClientView view = new ClientView(bob.toString());
        Client first = connect(bob, view);
        assertThat(first.next()).contains("SESSION_ESTABLISHED");
        leave(first);
        for (int i = 0; i <= World.REPLAYED_MAX; i++) {
            TestMessages.send(world, ada, channel, "message " + i, null);
        }

        Client second = connect(bob, view);

        assertThat(second.next()).contains("SESSION_ESTABLISHED");
        assertThat(second.next()).contains("GAP_NOT_REPLAYED", "TOO_MANY");
    }

    private Client connect(Bearer user, ClientView view) {
        return connect(user, view, view.position(), null);
    }

    private Client connect(Bearer user, ClientView view, @Nullable String position,
            @Nullable PrefetchOrder prefetch) {
        var client = new Client(any(lanes), view, fault);
        connects++;
        var request = new ConnectRequest(user.toString(), "session-" + connects, prefetch, position);
        connecting.execute(() -> sessions.opened(client, "root", request));
        return client;
    }

    private void leave(Client client) {
        client.goAway();
        sessions.closed(client);
    }

    private <T> T any(List<T> changing) {
        List<T> several = List.copyOf(changing);
        return several.get(random.nextInt(several.size()));
    }

    private void awaitSame(List<ClientView> some, List<ClientView> others) {
        world.events.awaitTold();
        long end = System.nanoTime() + LIMIT.toNanos();
        String found;
        String expected;
        do {
            found = some.toString();
            expected = others.toString();
        } while (fault.get() == null && System.nanoTime() < end && !found.equals(expected));
        assertThat(fault.get()).as("seed %d", seed).isNull();
        assertThat(found).as("seed %d", seed).isEqualTo(expected);
    }

    private void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("seed %d: %s", seed, what).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
