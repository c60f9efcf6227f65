package bellframe.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.api.messaging.ChannelMessagePersistenceType;
import bellframe.api.messaging.ChannelMessageType;
import bellframe.api.messaging.SendChannelMessageRequest;
import bellframe.api.messaging.Target;
import bellframe.channels.Channel;
import bellframe.channels.MemberChannel;
import bellframe.channels.Membership;
import bellframe.identity.Bearer;
import bellframe.messages.MessageOperations;
import bellframe.rows.PageTokens;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.TestClock;
import bellframe.testing.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

/// Random joins, leaves, sends, connects and disconnects over several lanes. What each connection hears is compared with
/// what memberships at the time of each commit entitle its user to.
class EntitledEventsTest {

    private static final int STEPS = 1_500;
    private static final int USERS = 5;
    private static final int CHANNELS = 6;
    private static final int LANES = 3;
    private static final String ESTABLISHED = "SESSION_ESTABLISHED";
    private static final Pattern TYPE = Pattern.compile("\"x-amz-chime-event-type\":\"(\\w+)\"");
    private static final Pattern CHANNEL = Pattern.compile("/channel/(\\w+)");
    private static final Pattern SUBJECT = Pattern.compile("(step-\\d+)|Member\\W+Arn\\W+[^\"\\\\]*(/user/\\w+)");

    /// One commit, and who is entitled to hear of it.
    private record Entry(String event, Set<Bearer> entitled) {
    }

    /// A client; all but its lane's thread may look at it only when that thread has nothing left to do.
    private static final class Client extends TestClient {
        private final Bearer user;
        private final List<String> heard = new ArrayList<>();
        private volatile boolean open = true;
        private volatile int from = Integer.MAX_VALUE;
        private int to;

        Client(Bearer user, Lane lane) {
            super(lane);
            this.user = user;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void send(Frame frame) {
            if (open) {
                heard.add(summary(((TextFrame) frame).text()));
            }
        }

        @Override
        public void close(CloseReason reason) {
            throw new AssertionError("closed: " + reason);
        }
    }

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final MemoryStorage storage = new MemoryStorage();
    private final World world = new World(storage, new TestClock());
    private final Sessions sessions = new Sessions(world.actors, world.memberships, world.events,
            TextFrame::encode, world.prefetch, world.replay,
            new SessionLimits(STEPS, 0), new SimpleMeterRegistry());
    private final MessageOperations messages = new MessageOperations(world.actors, world.messages, world.messageFlows,
            new PageTokens(new byte[PageTokens.KEY_BYTES]));
    private final List<TestLane> lanes = IntStream.range(0, LANES)
            .mapToObj(_ -> new TestLane())
            .toList();
    private final ExecutorService connecting = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Bearer> users = IntStream.range(0, USERS).mapToObj(i -> world.user("user" + i)).toList();
    private final List<Channel> channels = IntStream.range(0, CHANNELS)
            .mapToObj(_ -> world.channel(users.getFirst()))
            .toList();
    private final Map<Channel, Map<Bearer, Membership.Type>> members = new HashMap<>();
    private final List<Entry> log = new ArrayList<>();
    private final AtomicInteger logged = new AtomicInteger();
    private final List<Client> clients = new ArrayList<>();

    @AfterEach
    void close() {
        connecting.close();
        world.close();
        lanes.forEach(TestLane::close);
        storage.close();
    }

    @RepeatedTest(5)
    void everybodyHearsWhatMembershipEntitlesTo() throws Exception {
        world.drainEvents(CHANNELS);
        world.events.subscribe(sessions);
        channels.forEach(channel -> members.put(channel, new HashMap<>(
                Map.of(users.getFirst(), Membership.Type.DEFAULT))));
        for (int step = 0; step < STEPS; step++) {
            step(step);
        }
        connecting.shutdown();
        assertThat(connecting.awaitTermination(1, TimeUnit.MINUTES)).as("all connected").isTrue();
        world.events.close();
        for (TestLane lane : lanes) {
            lane.thread().submit(() -> {
            }).get(1, TimeUnit.MINUTES);
        }
        clients.forEach(this::check);
    }

    private void step(int step) {
        Channel channel = any(channels);
        Bearer user = users.get(1 + random.nextInt(USERS - 1));
        switch (random.nextInt(10)) {
            case 0 -> connect(any(users));
            case 1 -> disconnect();
            case 2, 3 -> joinOrLeave(channel, user, Membership.Type.DEFAULT);
            case 4 -> joinOrLeave(channel, user, Membership.Type.HIDDEN);
            case 5 -> update(channel, "step-" + step);
            case 6 -> sendTo(channel, user, "step-" + step);
            default -> send(channel, null, "step-" + step, random.nextBoolean());
        }
    }

    private void connect(Bearer user) {
        var client = new Client(user, any(lanes));
        clients.add(client);
        String id = "session-" + clients.size();
        connecting.execute(() -> {
            sessions.opened(client, "root", new ConnectRequest(user.toString(), id, null, null));
            client.from = logged.get();
        });
    }

    private void disconnect() {
        List<Client> open = clients.stream().filter(client -> client.open && client.from <= log.size()).toList();
        if (!open.isEmpty()) {
            Client client = any(open);
            client.to = log.size();
            client.open = false;
            sessions.closed(client);
        }
    }

    private void joinOrLeave(Channel channel, Bearer user, Membership.Type type) {
        Map<Bearer, Membership.Type> present = membersOf(channel);
        Membership.Type before = present.get(user);
        if (before == null) {
            present.put(user, type);
            log("CREATE_CHANNEL_MEMBERSHIP", channel, "/user/" + user.arn().id(), told(present, user, type));
            world.memberships.add(channel, users.getFirst().arn(),
                    world.actors.named(user.toString(), world.appInstance.arn()), type);
        } else {
            log("DELETE_CHANNEL_MEMBERSHIP", channel, "/user/" + user.arn().id(), told(present, user, before));
            present.remove(user);
            world.memberships.remove(new MemberChannel(channel.arn(), channel.incarnation()), user.arn());
        }
    }

    private static Set<Bearer> told(Map<Bearer, Membership.Type> present, Bearer user, Membership.Type type) {
        return switch (type) {
            case DEFAULT -> present.keySet();
            case HIDDEN -> Set.of(user);
        };
    }

    private void update(Channel channel, String name) {
        log("UPDATE_CHANNEL", channel, name, membersOf(channel).keySet());
        world.channels.update(channel, name, null, null);
    }

    private void sendTo(Channel channel, Bearer target, String content) {
        if (membersOf(channel).containsKey(target)) {
            send(channel, target, content, true);
        }
    }

    private void send(Channel channel, @Nullable Bearer target, String content, boolean persistent) {
        Bearer sender = users.getFirst();
        log("CREATE_CHANNEL_MESSAGE", channel, content,
                target == null ? membersOf(channel).keySet() : Set.of(sender, target));
        messages.send(SendChannelMessageRequest.builder()
                .channelArn(channel.arn().toString())
                .chimeBearer(sender.toString())
                .clientRequestToken(content)
                .content(content)
                .type(ChannelMessageType.STANDARD)
                .persistence(persistent
                        ? ChannelMessagePersistenceType.PERSISTENT
                        : ChannelMessagePersistenceType.NON_PERSISTENT)
                .target(target == null ? null : List.of(new Target(target.toString())))
                .build());
    }

    /// Logged before it happens: whoever has connected by then must hear of it.
    private void log(String type, Channel channel, String subject, Set<Bearer> entitled) {
        log.add(new Entry(type + ' ' + channel.arn().channelId() + ' ' + subject, Set.copyOf(entitled)));
        logged.set(log.size());
    }

    private void check(Client client) {
        int to = client.open ? log.size() : client.to;
        List<String> must = entitled(client, client.from, to);
        var heard = new ArrayList<>(client.heard);
        int established = heard.indexOf(ESTABLISHED);
        boolean once = heard.remove(ESTABLISHED) && !heard.contains(ESTABLISHED);
        int late = lateEvents(heard, must, client);
        if (client.open) {
            assertThat(once).as("seed %d: established once", seed).isTrue();
            assertThat(heard.subList(late, heard.size())).as("seed %d", seed).isEqualTo(must);
            assertThat(late).as("seed %d, events before SESSION_ESTABLISHED", seed).isGreaterThanOrEqualTo(established);
        }
    }

    /// How many events at the beginning are of commits from before the connection was established, which may come late;
    /// what follows must be the beginning of `must`.
    private int lateEvents(List<String> heard, List<String> must, Client client) {
        List<String> before = log.subList(0, client.from).stream().map(Entry::event).toList();
        for (int late = Math.max(0, heard.size() - must.size()); late <= heard.size(); late++) {
            List<String> rest = heard.subList(late, heard.size());
            if (rest.equals(must.subList(0, rest.size())) && isInOrder(heard.subList(0, late), before)) {
                return late;
            }
        }
        throw new AssertionError("seed " + seed + ": " + client.user + " heard " + heard + ", entitled to " + must);
    }

    private static boolean isInOrder(List<String> some, List<String> all) {
        int next = 0;
        for (String event : all) {
            if (next < some.size() && some.get(next).equals(event)) {
                next++;
            }
        }
        return next == some.size();
    }

    private List<String> entitled(Client client, int from, int to) {
        return log.subList(from, to)
                .stream()
                .filter(entry -> entry.entitled().contains(client.user))
                .map(Entry::event)
                .toList();
    }

    private Map<Bearer, Membership.Type> membersOf(Channel channel) {
        return members.computeIfAbsent(channel, _ -> new HashMap<>());
    }

    private <T> T any(List<T> several) {
        return several.get(random.nextInt(several.size()));
    }

    private static String summary(String text) {
        String type = found(TYPE, text);
        return type.equals(ESTABLISHED) ? type : type + ' ' + found(CHANNEL, text) + ' ' + found(SUBJECT, text);
    }

    private static String found(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError(pattern + " is not in " + text);
        }
        var groups = new HashSet<String>();
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                groups.add(matcher.group(group));
            }
        }
        return String.join("", groups);
    }
}
