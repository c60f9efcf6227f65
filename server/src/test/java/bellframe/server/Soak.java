package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChimeSdkMessagingException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ConflictException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ForbiddenException;
import software.amazon.awssdk.services.chimesdkmessaging.model.Target;

/// Users that read, write, come and go on a server that does not stay up.
final class Soak implements AutoCloseable {

    private static final int CHANNELS = 20;
    private static final int SENDERS = 3;
    private static final int MOVERS = 3;
    /// Between two calls of one sender or mover, so that the readers of this process keep up on two cores.
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(30);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /// How long a last message may take to everybody.
    private static final long HEARD_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int CONTENT_MAX = 1_500;

    private final Random random;
    private final AttackedServer server;
    private final List<SoakChannel> channels;
    private final List<String> users;
    private final List<SoakReader> readers;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<SdkClients> everyClients = Collections.synchronizedList(new ArrayList<>());
    private final ConcurrentHashMap<String, AtomicInteger> numbers = new ConcurrentHashMap<>();
    private volatile SdkClients clients;

    /// Starts the server, which whoever made it closes.
    Soak(long seed, int sessions, AttackedServer server) {
        this.server = server;
        random = new Random(seed);
        server.running()
                .with("BELLFRAME_DRAIN_SPREAD", "500ms")
                .with("BELLFRAME_SESSION_STALL_LIMIT", "1s")
                .with("BELLFRAME_SESSION_PENDING_BYTES_MAX", "64KiB");
        server.start();
        clients = SdkClients.of(server.running());
        everyClients.add(clients);
        users = clients.users(sessions);
        channels = IntStream.range(0, CHANNELS).mapToObj(i -> newChannel(users.get(i % sessions))).toList();
        readers = users.stream().map(this::reader).toList();
    }

    private SoakChannel newChannel(String owner) {
        var initial = users.stream().filter(user -> !user.equals(owner) && random.nextInt(10) == 0).limit(100).toList();
        var channel = new SoakChannel(clients.channel(owner), owner);
        clients.messaging()
                .batchCreateChannelMembership(
                        batch -> batch.channelArn(channel.arn).chimeBearer(owner).memberArns(initial));
        initial.forEach(user -> channel.joined(user, SoakChannel.EVER, SoakChannel.EVER));
        return channel;
    }

    private SoakReader reader(String user) {
        SoakReader.Manner manner = switch (random.nextInt(10)) {
            case 0 -> SoakReader.Manner.SLOW;
            case 1 -> SoakReader.Manner.TEARING;
            default -> SoakReader.Manner.GOOD;
        };
        return new SoakReader(user, manner, () -> clients, random.nextLong());
    }

    void run(int secondsPerPhase) throws Exception {
        readers.forEach(threads::execute);
        awaitSessions();
        var stop = new CountDownLatch(1);
        var work = new ArrayList<Future<?>>();
        for (int i = 0; i < SENDERS; i++) {
            long seed = random.nextLong();
            work.add(threads.submit(() -> sendUntil(stop, new Random(seed))));
        }
        for (int i = 0; i < MOVERS; i++) {
            long seed = random.nextLong();
            int share = i;
            work.add(threads.submit(() -> moveUntil(stop, new Random(seed), share)));
        }
        pass(stop, secondsPerPhase);
        assertThat(server.running().terminate()).isZero();
        started();
        pass(stop, secondsPerPhase);
        server.running().kill9();
        started();
        pass(stop, secondsPerPhase);
        stop.countDown();
        for (Future<?> task : work) {
            task.get();
        }
        quieten();
    }

    /// The readers behave themselves and have all a session; then a last message goes through each channel.
    private void quieten() throws IOException {
        for (SoakReader reader : readers) {
            reader.calmDown();
        }
        awaitSessions();
        channels.forEach(channel -> send(channel, new Random(0), null));
        long end = System.nanoTime() + HEARD_LIMIT_NANOS;
        while (!faults().isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    private void started() {
        server.running().start();
        clients = clients.at(server.running().port());
        everyClients.add(clients);
    }

    private static void pass(CountDownLatch stop, int seconds) throws InterruptedException {
        assertThat(stop.await(seconds, TimeUnit.SECONDS)).isFalse();
    }

    private void awaitSessions() {
        AttackedServer.await("every user has a session",
                () -> readers.stream().allMatch(SoakReader::isEstablished));
    }

    private void sendUntil(CountDownLatch stop, Random own) {
        while (stop.getCount() > 0) {
            SoakChannel channel = channels.get(own.nextInt(channels.size()));
            String target = own.nextInt(5) == 0 ? users.get(own.nextInt(users.size())) : null;
            if (target == null || (channel.isMember(target) && !target.equals(channel.owner))) {
                String id = send(channel, own, target);
                if (id != null && own.nextInt(4) == 0) {
                    update(channel, id);
                }
            }
            LockSupport.parkNanos(PACE_NANOS);
        }
    }

    private @Nullable String send(SoakChannel channel, Random own,
            @Nullable String target) {
        String name = "m" + numbers.computeIfAbsent(channel.arn, _ -> new AtomicInteger()).incrementAndGet();
        var message = SdkClients.message(channel.owner, channel.arn, "x".repeat(1 + own.nextInt(CONTENT_MAX)))
                .metadata(target == null ? name : name + " " + target)
                .clientRequestToken(UUID.randomUUID().toString());
        if (target != null) {
            message.target(Target.builder().memberArn(target).build());
        }
        channel.sending(name);
        try {
            String id = untilAnswered(() -> clients.messaging().sendChannelMessage(message.build()).messageId());
            channel.answered(name);
            return id;
        } catch (ForbiddenException targetHasLeft) {
            assertThat(target).isNotNull();
            return null;
        }
    }

    private void update(SoakChannel channel, String id) {
        untilAnswered(() -> clients.messaging()
                .updateChannelMessage(update -> update.channelArn(channel.arn)
                        .chimeBearer(channel.owner)
                        .messageId(id)
                        .content(UUID.randomUUID().toString())));
    }

    /// Users of one share come and go; no other mover moves them.
    private void moveUntil(CountDownLatch stop, Random own, int share) {
        while (stop.getCount() > 0) {
            SoakChannel channel = channels.get(own.nextInt(channels.size()));
            String user = users.get(own.nextInt(users.size() / MOVERS) * MOVERS + share);
            if (!user.equals(channel.owner)) {
                if (channel.isMember(user)) {
                    leave(channel, user);
                } else {
                    join(channel, user, own.nextInt(4) == 0 ? "HIDDEN" : "DEFAULT");
                }
            }
            LockSupport.parkNanos(PACE_NANOS);
        }
    }

    private void join(SoakChannel channel, String user, String type) {
        long begun = System.nanoTime();
        try {
            untilAnswered(() -> clients.messaging()
                    .createChannelMembership(join -> join.channelArn(channel.arn)
                            .memberArn(user)
                            .type(type)
                            .chimeBearer(channel.owner)));
        } catch (ConflictException doneByAnUnansweredCall) {
            assertThat(doneByAnUnansweredCall.statusCode()).isEqualTo(409);
        }
        channel.joined(user, begun, System.nanoTime());
    }

    private void leave(SoakChannel channel, String user) {
        channel.leaving(user, System.nanoTime());
        untilAnswered(() -> clients.messaging()
                .deleteChannelMembership(
                        leave -> leave.channelArn(channel.arn).memberArn(user).chimeBearer(channel.owner)));
        channel.left(user);
    }

    /// Calls again while the server is away, full or draining.
    private static <T> T untilAnswered(Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (SdkClientException away) {
                LockSupport.parkNanos(RETRY_NANOS);
            } catch (ChimeSdkMessagingException answer) {
                if (answer.statusCode() != 503 && answer.statusCode() != 429) {
                    throw answer;
                }
                LockSupport.parkNanos(RETRY_NANOS);
            } catch (SdkException other) {
                throw new AssertionError(other);
            }
        }
    }

    /// Everything that any session heard wrongly or not at all.
    List<String> faults() {
        var faults = new ArrayList<String>();
        for (SoakChannel channel : channels) {
            List<SoakChannel.Stored> stored = stored(channel);
            List<String> names = stored.stream().map(SoakChannel.Stored::name).toList();
            if (!names.containsAll(channel.answeredNames())) {
                faults.add(channel.arn + " lost a message");
            }
            for (SoakReader reader : readers) {
                reader.lives().forEach(life -> faults.addAll(life.faults(channel, stored)));
            }
        }
        return faults;
    }

    private List<SoakChannel.Stored> stored(SoakChannel channel) {
        return clients.messaging()
                .listChannelMessagesPaginator(list -> list.channelArn(channel.arn)
                        .chimeBearer(channel.owner)
                        .sortOrder("ASCENDING")
                        .maxResults(50))
                .stream()
                .flatMap(page -> page.channelMessages().stream())
                .map(message -> {
                    String[] name = message.metadata().split(" ", -1);
                    return new SoakChannel.Stored(message.messageId(), name[0], name.length == 1 ? null : name[1]);
                })
                .toList();
    }

    /// All sessions end; then the server holds nothing of them.
    void requireNothingLeft() throws IOException {
        stopClients();
        server.requireUnharmed();
        assertThat(server.instances("bellframe.websocket.WebSocketConnection")).isZero();
        assertThat(server.instances("bellframe.sessions.LaneIndex$Subscriber")).isZero();
    }

    private void stopClients() throws IOException {
        for (SoakReader reader : readers) {
            reader.stop();
        }
        everyClients.forEach(SdkClients::close);
    }

    @Override
    public String toString() {
        int lives = readers.stream().mapToInt(reader -> reader.lives().size()).sum();
        int messages = numbers.values().stream().mapToInt(AtomicInteger::get).sum();
        return users.size() + " users, " + lives + " sessions, " + messages + " messages";
    }

    @Override
    public void close() throws IOException {
        stopClients();
        threads.close();
    }
}
