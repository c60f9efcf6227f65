package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.outbound.aws.AwsServer;
import bellframe.outbound.calls.TestReceiver.Answering;
import bellframe.outbound.calls.TestReceiver.Received;
import bellframe.outbound.calls.TestReceiver.Reply;
import bellframe.outbound.kinesis.KinesisServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.chimesdkmessaging.model.MessagingDataType;
import software.amazon.awssdk.services.chimesdkmessaging.model.StreamingConfiguration;

/// Rounds of sending to a real server until it is killed, while one stream of its events is in a Kinesis and another a
/// webhook, both of which fail as they like; at the end they behave, and what they have is compared with what was acknowledged.
final class StreamCampaign implements AutoCloseable {

    private static final int WRITERS = 3;
    private static final int CHANNELS = 4;
    /// A round ends when a random number of calls up to this one is acknowledged.
    private static final int ACKNOWLEDGED_MAX = 200;
    private static final int ROUND_LIMIT_SECONDS = 20;
    private static final int QUIET_LIMIT_SECONDS = 120;
    private static final int START_KILLED_AFTER_MILLIS_MAX = 1_500;
    private static final int PERCENT_FAILING = 15;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Pattern ENTRIES = Pattern
            .compile("(?m)^bellframe_outbox_entries\\{kind=\"STREAM\"[^}]*} (.*)$");

    private final long seed;
    private final Random random;
    /// Guarded by itself, as it is asked by many threads.
    private final Random chance;
    private final KinesisServer kinesis = new KinesisServer("us-east-1");
    private final List<StreamedRecord> inKinesis = new ArrayList<>();
    private final WebhookStream webhook;
    private final RunningServer server;
    private final SdkClients first;
    private final List<String> channels = new ArrayList<>();
    private final List<FlowWriter> writers;
    private SdkClients clients;
    private volatile boolean behaving;
    private int killedStarts;

    StreamCampaign(long seed) {
        this.seed = seed;
        random = new Random(seed);
        chance = new Random(random.nextLong());
        webhook = new WebhookStream(random.nextLong());
        kinesis.reply(this::answer);
        server = new RunningServer().withJvmOption("-XX:TieredStopAtLevel=1")
                .with("BELLFRAME_LOG_LEVEL", "info")
                .with("BELLFRAME_ACCOUNT", "000000000000")
                .with("BELLFRAME_KINESIS_ENDPOINT", kinesis.url().toString())
                .with("BELLFRAME_STREAM_SINKS", KinesisStream.arn("chime-messaging-posted") + "=" + webhook.url())
                .with("BELLFRAME_WEBHOOK_SECRET", WebhookStream.SECRET)
                .with("BELLFRAME_OUTBOUND_PRIVATE_ADDRESSES", "true")
                .with("AWS_ACCESS_KEY_ID", AwsServer.KEY_ID)
                .with("AWS_SECRET_ACCESS_KEY", AwsServer.SECRET);
        server.start();
        first = SdkClients.of(server);
        clients = first;
        List<String> users = first.users(WRITERS);
        String target = first.user("target");
        String posted = first.otherAppInstance();
        stream(first.appInstance(), KinesisStream.arn("chime-messaging-kept"));
        stream(posted, KinesisStream.arn("chime-messaging-posted"));
        IntStream.range(0, CHANNELS)
                .forEach(_ -> channels.add(first.channel(users.getFirst(), members(users, target))));
        writers = new ArrayList<>(users.stream()
                .map(user -> new FlowWriter(user, "k" + users.indexOf(user), channels, target, random.nextLong()))
                .toList());
        writers.add(writerOf(posted));
    }

    private static String[] members(List<String> users, String target) {
        var members = new ArrayList<>(users.subList(1, users.size()));
        members.add(target);
        return members.toArray(String[]::new);
    }

    /// One that writes to channels whose stream is the webhook.
    private FlowWriter writerOf(String appInstance) {
        String user = first.userOf(appInstance, "writer");
        String target = first.userOf(appInstance, "target");
        List<String> posted = IntStream.range(0, CHANNELS)
                .mapToObj(_ -> first.messaging()
                        .createChannel(create -> create.appInstanceArn(appInstance)
                                .chimeBearer(user)
                                .name("posted")
                                .memberArns(target))
                        .channelArn())
                .toList();
        return new FlowWriter(user, "p", posted, target, random.nextLong());
    }

    private void stream(String appInstance, String stream) {
        first.messaging()
                .putMessagingStreamingConfigurations(put -> put.appInstanceArn(appInstance)
                        .streamingConfigurations(StreamingConfiguration.builder()
                                .dataType(MessagingDataType.CHANNEL_MESSAGE)
                                .resourceArn(stream)
                                .build()));
    }

    /// Runs and returns what happened, for people.
    String run(int kills) throws Exception {
        webhook.failSome(PERCENT_FAILING);
        for (int round = 0; round < kills; round++) {
            writeUntilKilled();
            start();
        }
        behaving = true;
        webhook.recover();
        writers.forEach(writer -> writer.retry(clients));
        awaitQuiet();
        List<StreamedRecord> records = records();
        check(records);
        return kills + " kills, " + killedStarts + " in starts; " + messages().size() + " messages, " + records.size()
                + " records, of which " + records.stream().distinct().count() + " differ";
    }

    private void writeUntilKilled() throws Exception {
        var acknowledgements = new CountDownLatch(1 + random.nextInt(ACKNOWLEDGED_MAX));
        var room = new Semaphore(Integer.MAX_VALUE);
        SdkClients present = clients;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var working = new ArrayList<Future<?>>();
            for (FlowWriter writer : writers) {
                working.add(threads.submit(() -> {
                    try {
                        writer.retry(present);
                        writer.write(present, room, acknowledgements, () -> false);
                    } catch (SdkClientException gone) {
                        // The rest is sent again in the next round.
                    }
                    return null;
                }));
            }
            boolean reached = acknowledgements.await(ROUND_LIMIT_SECONDS, TimeUnit.SECONDS);
            server.kill9();
            for (Future<?> work : working) {
                join(work);
            }
            assertThat(reached).as("enough calls acknowledged, seed %d", seed).isTrue();
        }
    }

    private void join(Future<?> work) throws InterruptedException {
        try {
            work.get();
        } catch (ExecutionException failure) {
            throw new AssertionError("somebody was answered what it did not expect, seed " + seed, failure.getCause());
        }
    }

    /// Starts the server, sometimes only after starts that were killed.
    private void start() throws IOException {
        while (random.nextInt(4) == 0) {
            killedStarts++;
            server.startAndKillAfter(random.nextInt(START_KILLED_AFTER_MILLIS_MAX));
        }
        server.start();
        if (clients != first) {
            clients.close();
        }
        clients = first.at(server.port());
    }

    /// Takes some records of a call, or all and says that it failed.
    private void answer(Received request, Answering answering) throws IOException {
        if (KinesisServer.isDescription(request)) {
            KinesisServer.described("ACTIVE", 2, "KMS").to(request, answering);
        } else if (fails()) {
            List<Reply> faults = List.of(KinesisServer.error(500, "InternalFailure"), Reply.brokenOff(),
                    Reply.of(503, Map.of(), "{\"\0[<!"));
            faults.get(below(faults.size())).to(request, answering);
        } else {
            KinesisServer.judgedEach(entry -> {
                if (fails()) {
                    return "ProvisionedThroughputExceededException";
                }
                synchronized (inKinesis) {
                    inKinesis.add(StreamedRecord.of(entry.partitionKey(), entry.data()));
                }
                return "";
            }).to(request, answering);
        }
    }

    private boolean fails() {
        return !behaving && below(100) < PERCENT_FAILING;
    }

    private int below(int bound) {
        synchronized (chance) {
            return chance.nextInt(bound);
        }
    }

    private void awaitQuiet() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(QUIET_LIMIT_SECONDS);
        while (entries() > 0) {
            assertThat(System.nanoTime()).as("time until nothing waits, seed %d", seed).isLessThan(end);
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private double entries() throws InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String metrics = http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + server.adminPort() + "/metrics")).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
            Matcher entries = ENTRIES.matcher(metrics);
            assertThat(entries.find()).as(metrics).isTrue();
            return Double.parseDouble(entries.group(1));
        } catch (IOException problem) {
            throw new AssertionError(problem);
        }
    }

    private List<FlowMessage> messages() {
        return writers.stream().flatMap(writer -> writer.messages().stream()).toList();
    }

    private List<StreamedRecord> records() {
        var records = new ArrayList<>(webhook.records());
        synchronized (inKinesis) {
            records.addAll(inKinesis);
        }
        return records;
    }

    /// Nothing that was acknowledged is missing, nothing came that was not, and a channel's records came in its order, but
    /// for what was repeated.
    private void check(List<StreamedRecord> records) {
        Map<String, List<StreamedRecord>> byMessage = records.stream()
                .collect(Collectors.groupingBy(record -> record.text("MessageId")));
        for (FlowMessage message : messages()) {
            List<Integer> edits = edits(byMessage.getOrDefault(message.requireId(), List.of()));
            assertThat(edits).as("%s, seed %d", message, seed).startsWith(0).isSorted();
            if (message.edited() > 0) {
                assertThat(edits).as("edit of %s, seed %d", message, seed).contains(message.edited());
            }
        }
        Set<String> acknowledged = messages().stream().map(FlowMessage::requireId).collect(Collectors.toSet());
        var created = new HashMap<String, List<String>>();
        for (StreamedRecord record : records) {
            if (record.text("Persistence").equals("PERSISTENT")) {
                assertThat(acknowledged).as("seed %d", seed).contains(record.text("MessageId"));
            }
            if (record.eventType().equals("CREATE_CHANNEL_MESSAGE")) {
                created.computeIfAbsent(record.channel(), _ -> new ArrayList<>()).add(record.text("MessageId"));
            }
        }
        created.forEach((channel, ids) -> assertThat(ids.stream().distinct()).as("%s, seed %d", channel, seed)
                .isSorted());
    }

    /// Which edits a message's records tell, in the order in which they came first.
    private static List<Integer> edits(List<StreamedRecord> records) {
        return records.stream()
                .map(record -> FlowMessage.Version.in(record.text("Content")).edit())
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        server.close();
        webhook.close();
        kinesis.close();
        if (clients != first) {
            clients.close();
        }
        first.close();
    }
}
