package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.outbound.aws.AwsServer;
import bellframe.server.FlowModerator.Decision;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageStatus;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageSummary;
import software.amazon.awssdk.services.chimesdkmessaging.model.ConflictException;
import software.amazon.awssdk.services.chimesdkmessaging.model.FallbackAction;
import software.amazon.awssdk.services.chimesdkmessaging.model.InvocationType;
import software.amazon.awssdk.services.chimesdkmessaging.model.Processor;

/// Rounds of sending through flows to a real server until it is killed, with processors that do what they like; at the end
/// they behave, and what the server holds is compared with what it and they have said.
final class FlowCampaign implements AutoCloseable {

    private static final int WRITERS = 3;
    /// A round ends when a random number of calls up to this one is acknowledged.
    private static final int ACKNOWLEDGED_MAX = 150;
    /// How many messages may wait for their first processor, so that there are always some at every stage.
    private static final int WAITING_MAX = 40;
    private static final int ROUND_LIMIT_SECONDS = 20;
    private static final int QUIET_LIMIT_SECONDS = 120;
    private static final int START_KILLED_AFTER_MILLIS_MAX = 1_500;
    private static final Duration BETWEEN_READS = Duration.ofMillis(20);
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Pattern ENTRIES = Pattern.compile("(?m)^bellframe_outbox_entries\\{kind=\"FLOW\"[^}]*} (.*)$");

    /// The fallbacks of the flows, each of a channel of its own.
    private static final List<List<FallbackAction>> FLOWS = List.of(
            List.of(FallbackAction.ABORT),
            List.of(FallbackAction.CONTINUE),
            List.of(FallbackAction.ABORT, FallbackAction.ABORT),
            List.of(FallbackAction.CONTINUE, FallbackAction.ABORT),
            List.of(FallbackAction.ABORT, FallbackAction.CONTINUE, FallbackAction.ABORT),
            List.of(FallbackAction.CONTINUE, FallbackAction.CONTINUE, FallbackAction.CONTINUE));

    /// What somebody who sent nothing was shown.
    private record Shown(String messageId, String content) {
    }

    private final long seed;
    private final Random random;
    private final FlowModerator moderator;
    private final RunningServer server;
    private final SdkClients first;
    private final String reader;
    private final String target;
    private final Map<String, List<FallbackAction>> channels = new LinkedHashMap<>();
    private final List<FlowWriter> writers;
    private final Set<Shown> shown = new HashSet<>();
    private SdkClients clients;
    private int killedStarts;

    FlowCampaign(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        moderator = new FlowModerator(random.nextLong());
        server = new RunningServer().withJvmOption("-XX:TieredStopAtLevel=1")
                .with("BELLFRAME_LOG_LEVEL", "info")
                .with("BELLFRAME_LAMBDA_ENDPOINT", moderator.url())
                .with("BELLFRAME_OUTBOUND_PRIVATE_ADDRESSES", "true")
                .with("AWS_ACCESS_KEY_ID", AwsServer.KEY_ID)
                .with("AWS_SECRET_ACCESS_KEY", AwsServer.SECRET);
        server.start();
        first = SdkClients.of(server);
        clients = first;
        reader = first.user("reader");
        target = first.user("target");
        List<String> users = first.users(WRITERS);
        String admin = first.admin("admin");
        for (int flow = 0; flow < FLOWS.size(); flow++) {
            channels.put(channel(flow, users, admin), FLOWS.get(flow));
        }
        writers = IntStream.range(0, WRITERS)
                .mapToObj(i -> new FlowWriter(users.get(i), "w" + i, List.copyOf(channels.keySet()), target,
                        random.nextLong()))
                .toList();
    }

    private String channel(int flow, List<String> users, String admin) {
        String channel = first.channel(users.getFirst(),
                Stream.concat(users.stream().skip(1), Stream.of(reader, target)).toArray(String[]::new));
        List<FallbackAction> fallbacks = FLOWS.get(flow);
        List<Processor> processors = IntStream.rangeClosed(1, fallbacks.size())
                .mapToObj(turn -> Processor.builder()
                        .name("processor " + turn)
                        .executionOrder(turn)
                        .fallbackAction(fallbacks.get(turn - 1))
                        .configuration(configuration -> configuration
                                .lambda(function -> function
                                        .resourceArn("arn:aws:lambda:us-east-1:123456789012:function:"
                                                + FlowModerator.function(flow, turn, fallbacks.size()))
                                        .invocationType(InvocationType.ASYNC)))
                        .build())
                .toList();
        String arn = first.messaging()
                .createChannelFlow(
                        create -> create.appInstanceArn(first.appInstance()).name("flow").processors(processors))
                .channelFlowArn();
        first.messaging()
                .associateChannelFlow(
                        associate -> associate.channelArn(channel).channelFlowArn(arn).chimeBearer(admin));
        return channel;
    }

    /// Runs and returns what happened, for people.
    String run(int kills) throws Exception {
        for (int round = 0; round < kills; round++) {
            writeUntilKilled();
            start();
        }
        moderator.behave();
        writers.forEach(writer -> writer.retry(clients));
        awaitQuiet();
        // What is on disk, and not only in memory.
        server.kill9();
        server.start();
        clients = at(server.port());
        check();
        return kills + " kills, " + killedStarts + " in starts; " + messages().size() + " messages, "
                + moderator.invocations() + " invocations, " + moderator.acknowledged().size() + " callbacks taken, "
                + shown.size() + " versions shown";
    }

    private void writeUntilKilled() throws Exception {
        var acknowledgements = new CountDownLatch(1 + random.nextInt(ACKNOWLEDGED_MAX));
        var killed = new CountDownLatch(1);
        BooleanSupplier ended = () -> killed.getCount() == 0;
        var room = new Semaphore(WAITING_MAX);
        SdkClients present = clients;
        moderator.use(present, room);
        try (LiveSession session = connect(); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var working = new ArrayList<Future<?>>();
            for (FlowWriter writer : writers) {
                working.add(threads.submit(() -> {
                    try {
                        writer.retry(present);
                        writer.write(present, room, acknowledgements, ended);
                    } catch (SdkClientException gone) {
                        // The rest is sent again in the next round.
                    }
                    return null;
                }));
            }
            Future<Set<Shown>> reading = threads.submit(() -> readUntilKilled(present, ended));
            boolean reached = acknowledgements.await(ROUND_LIMIT_SECONDS, TimeUnit.SECONDS);
            server.kill9();
            killed.countDown();
            for (Future<?> work : working) {
                join(work);
            }
            shown.addAll(join(reading));
            noteEvents(session);
            assertThat(reached).as("enough calls acknowledged, seed %d", seed).isTrue();
        }
    }

    private Set<Shown> readUntilKilled(SdkClients present, BooleanSupplier ended) {
        var read = new HashSet<Shown>();
        try {
            while (!ended.getAsBoolean()) {
                channels.keySet().forEach(channel -> listed(present, reader, channel).forEach(message -> {
                    assertThat(message.status().value()).as("%s, seed %d", message, seed)
                            .isEqualTo(ChannelMessageStatus.SENT);
                    read.add(new Shown(message.messageId(), message.content()));
                }));
                LockSupport.parkNanos(BETWEEN_READS.toNanos());
            }
        } catch (SdkClientException killed) {
            // As expected.
        }
        return read;
    }

    private void noteEvents(LiveSession session) {
        while (session.received() > 0) {
            note(session.next());
        }
    }

    private void note(LiveSession.Event event) {
        if (event.type().endsWith("CHANNEL_MESSAGE")) {
            assertThat(event.type()).as("%s, seed %d", event, seed).matches("(CREATE|UPDATE)_.*");
            shown.add(new Shown(event.payload().path("MessageId").textValue(),
                    event.payload().path("Content").textValue()));
        }
    }

    private LiveSession connect() {
        LiveSession session = LiveSession.open(clients.signedRequests()
                .connect(URI.create("ws://localhost:" + server.port()),
                        Map.of("userArn", reader, "sessionId", UUID.randomUUID().toString()), Instant.now(), LIFETIME),
                null);
        LiveSession.Event event = session.next();
        while (!event.type().equals("SESSION_ESTABLISHED")) {
            note(event);
            event = session.next();
        }
        return session;
    }

    /// Starts the server, sometimes only after starts that were killed.
    private void start() throws IOException {
        while (random.nextInt(4) == 0) {
            killedStarts++;
            server.startAndKillAfter(random.nextInt(START_KILLED_AFTER_MILLIS_MAX));
        }
        server.start();
        clients = at(server.port());
    }

    private SdkClients at(int port) {
        if (clients != first) {
            clients.close();
        }
        return first.at(port);
    }

    /// Waits until no message is on its way any more; nothing may be left in the outbox then.
    private void awaitQuiet() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(QUIET_LIMIT_SECONDS);
        do {
            // For whoever was told to come back.
            moderator.use(clients, new Semaphore(0));
            assertThat(System.nanoTime())
                    .as("time until all is quiet, seed %d; %s entries in the outbox", seed, entries())
                    .isLessThan(until);
            LockSupport.parkNanos(BETWEEN_READS.toNanos());
        } while (!isQuiet());
    }

    private boolean isQuiet() {
        return entries() == 0 && moderator.isIdle() && entries() == 0;
    }

    private double entries() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String metrics = http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + server.adminPort() + "/metrics")).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
            Matcher entries = ENTRIES.matcher(metrics);
            assertThat(entries.find()).as(metrics).isTrue();
            return Double.parseDouble(entries.group(1));
        } catch (IOException problem) {
            throw new AssertionError(problem);
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new AssertionError(problem);
        }
    }

    private List<FlowMessage> messages() {
        return writers.stream().flatMap(writer -> writer.messages().stream()).toList();
    }

    private void check() {
        assertThat(moderator.problems()).as("seed %d", seed).isEmpty();
        assertThat(server.run("outbox", "--data", server.dataFolder().toString()).out()).as("seed %d", seed)
                .contains("FLOW: 0 waiting");
        checkOrder();
        checkNobodyIsWaitedFor();
        Map<String, FlowMessage> byId = messages().stream()
                .collect(Collectors.toMap(FlowMessage::requireId, Function.identity()));
        Map<String, List<Decision>> taken = moderator.acknowledged()
                .stream()
                .collect(Collectors.groupingBy(Decision::messageId));
        var seen = new Listed(byId);
        byId.values().forEach(message -> checkState(message, seen, taken.getOrDefault(message.requireId(), List.of())));
        checkShown(byId);
    }

    /// The first processor of each flow got each message in the channel's order.
    private void checkOrder() {
        moderator.order().forEach((channel, ids) -> assertThat(ids).as("%s, seed %d", channel, seed).isSorted());
    }

    /// Every callback is over, whether it was taken or not.
    private void checkNobodyIsWaitedFor() {
        for (Decision decision : moderator.decisions()) {
            assertThatExceptionOfType(ConflictException.class).as("%s, seed %d", decision, seed)
                    .isThrownBy(() -> clients.messaging()
                            .channelFlowCallback(callback -> callback.callbackId(decision.callbackId())
                                    .channelArn(decision.channel())
                                    .deleteResource(true)
                                    .channelMessage(message -> message.messageId(decision.messageId()))));
        }
    }

    /// What everybody is shown at the end.
    private final class Listed {

        private final Map<String, ChannelMessageSummary> toSenders = new HashMap<>();
        private final Map<String, ChannelMessageSummary> toTarget = new HashMap<>();
        private final Map<String, ChannelMessageSummary> toReader = new HashMap<>();

        Listed(Map<String, FlowMessage> byId) {
            for (String channel : channels.keySet()) {
                for (String sender : byId.values().stream().map(message -> message.sender).distinct().toList()) {
                    listed(clients, sender, channel).stream()
                            .filter(message -> message.sender().arn().equals(sender))
                            .forEach(message -> put(toSenders, message));
                }
                listed(clients, target, channel).forEach(message -> put(toTarget, message));
                listed(clients, reader, channel).forEach(message -> put(toReader, message));
            }
            assertThat(byId.keySet()).as("seed %d", seed).containsAll(toSenders.keySet());
        }

        private void put(Map<String, ChannelMessageSummary> all, ChannelMessageSummary message) {
            assertThat(all.put(message.messageId(), message)).as("%s is listed twice, seed %d", message, seed).isNull();
        }

        @Nullable
        ChannelMessageSummary toSender(FlowMessage message) {
            return toSenders.get(message.requireId());
        }

        @Nullable
        ChannelMessageSummary toOthers(FlowMessage message) {
            ChannelMessageSummary read = toReader.get(message.requireId());
            if (message.target != null) {
                assertThat(read).as("%s, shown to somebody else, seed %d", message, seed).isNull();
                return toTarget.get(message.requireId());
            }
            return read;
        }
    }

    /// A message is sent to all, or failed and shown to its sender only, or denied and gone.
    private void checkState(FlowMessage message, Listed listed, List<Decision> taken) {
        ChannelMessageSummary own = listed.toSender(message);
        ChannelMessageSummary others = listed.toOthers(message);
        if (!message.persistent) {
            assertThat(own).as("%s, seed %d", message, seed).isNull();
            assertThat(others).as("%s, seed %d", message, seed).isNull();
            return;
        }
        boolean denied = taken.stream().anyMatch(decision -> decision.version().edit() == 0 && decision.deny());
        if (own == null) {
            assertThat(others).as("%s is gone, seed %d", message, seed).isNull();
            assertThat(moderator.decisions()).as("%s is gone, seed %d", message, seed)
                    .anyMatch(decision -> decision.messageId().equals(message.id()) && decision.deny()
                            && decision.version().edit() == 0);
            assertThat(taken).as("%s is gone, seed %d", message, seed)
                    .noneMatch(decision -> decision.isLast() && !decision.deny());
            return;
        }
        assertThat(denied).as("%s was denied, and is listed, seed %d", message, seed).isFalse();
        ChannelMessageStatus status = own.status().value();
        assertThat(status).as("%s, seed %d", message, seed)
                .isIn(ChannelMessageStatus.SENT, ChannelMessageStatus.FAILED)
                .isEqualTo(clients.messaging()
                        .getChannelMessageStatus(get -> get.channelArn(message.channel)
                                .chimeBearer(message.sender)
                                .messageId(message.requireId()))
                        .status()
                        .value());
        if (status == ChannelMessageStatus.FAILED) {
            assertThat(fallbacks(message)).as("%s failed, seed %d", message, seed).contains(FallbackAction.ABORT);
        }
        if (others == null) {
            assertThat(status).as("%s, seed %d", message, seed).isEqualTo(ChannelMessageStatus.FAILED);
            assertThat(taken).as("%s failed, seed %d", message, seed).noneMatch(Decision::isLast);
        } else {
            checkContent(message, own, others, taken);
        }
    }

    private void checkContent(FlowMessage message, ChannelMessageSummary own, ChannelMessageSummary others,
            List<Decision> taken) {
        assertThat(others.status().value()).as("%s, seed %d", message, seed).isEqualTo(ChannelMessageStatus.SENT);
        if (own.status().value() == ChannelMessageStatus.SENT) {
            assertThat(own.content()).as("%s, seed %d", message, seed).isEqualTo(others.content());
        }
        var version = FlowMessage.Version.in(others.content());
        assertThat(version.name()).as("%s, seed %d", message, seed).isEqualTo(message.name);
        int last = taken.stream()
                .filter(decision -> decision.isLast() && !decision.deny())
                .mapToInt(decision -> decision.version().edit())
                .max()
                .orElse(0);
        assertThat(version.edit()).as("%s: a version that came through is lost, seed %d", message, seed)
                .isGreaterThanOrEqualTo(last);
        for (Decision decision : taken) {
            if (decision.version().equals(version)) {
                assertThat(decision.deny()).as("%s: %s was denied, seed %d", message, version, seed).isFalse();
                assertThat(others.content()).as("%s, seed %d", decision, seed).startsWith(decision.content());
                if (decision.isLast()) {
                    assertThat(others.content()).as("%s, seed %d", decision, seed).isEqualTo(decision.content());
                }
            }
        }
    }

    /// Whoever sent nothing was shown only what had come through a flow.
    private void checkShown(Map<String, FlowMessage> byId) {
        Map<FlowMessage.Version, List<Decision>> decisions = moderator.decisions()
                .stream()
                .collect(Collectors.groupingBy(Decision::version));
        Set<FlowMessage.Version> denied = moderator.acknowledged()
                .stream()
                .filter(Decision::deny)
                .map(Decision::version)
                .collect(Collectors.toSet());
        for (Shown some : shown) {
            FlowMessage message = byId.get(some.messageId());
            if (message == null) {
                throw new AssertionError(some + " was sent by nobody, seed " + seed);
            }
            var version = FlowMessage.Version.in(some.content());
            assertThat(message.target).as("%s, shown to somebody else, seed %d", message, seed).isNull();
            assertThat(denied).as("%s was shown and denied, seed %d", some, seed).doesNotContain(version);
            Collection<Decision> about = decisions.getOrDefault(version, List.of());
            boolean decided = about.stream()
                    .anyMatch(decision -> decision.isLast() && decision.content().equals(some.content()));
            boolean fellBack = fallbacks(message).getLast() == FallbackAction.CONTINUE;
            assertThat(decided || fellBack).as("%s was shown before it came through, seed %d: %s", some, seed, about)
                    .isTrue();
        }
    }

    private List<FallbackAction> fallbacks(FlowMessage message) {
        return channels.getOrDefault(message.channel, List.of());
    }

    private static List<ChannelMessageSummary> listed(SdkClients some, String user, String channel) {
        return some.messages(user, channel);
    }

    private <T> T join(Future<T> work) throws InterruptedException {
        try {
            return work.get();
        } catch (ExecutionException failure) {
            throw new AssertionError("somebody was answered what it did not expect, seed " + seed, failure.getCause());
        }
    }

    @Override
    public void close() {
        server.close();
        moderator.close();
        if (clients != first) {
            clients.close();
        }
        first.close();
    }
}
