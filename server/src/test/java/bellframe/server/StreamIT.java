package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.server.StreamedServer.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChimeSdkMessagingException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ConflictException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ForbiddenException;
import software.amazon.awssdk.services.chimesdkmessaging.model.MessagingDataType;
import software.amazon.awssdk.services.chimesdkmessaging.model.NotFoundException;
import software.amazon.awssdk.services.chimesdkmessaging.model.ServiceUnavailableException;
import software.amazon.awssdk.services.chimesdkmessaging.model.StreamingConfiguration;

/// What an SDK's calls make happen, from there to what a consumer reads from streams of each kind.
@Timeout(180)
class StreamIT {

    private static final long SEED = Long.getLong("bellframe.seed", new Random().nextLong());
    private static final Duration COMPLETE_LIMIT = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    @TempDir
    private static Path folder;

    private static StreamedServer streamed;
    private static SdkClients clients;

    @BeforeAll
    static void start() throws Exception {
        System.out.println("StreamIT: seed " + SEED);
        streamed = new StreamedServer(folder, SEED);
        streamed.start();
        clients = SdkClients.of(streamed.server());
    }

    @AfterAll
    static void close() {
        clients.close();
        streamed.close();
    }

    @ParameterizedTest
    @EnumSource
    void everythingThatHappensIsStreamedOnceAndInOrder(Kind kind) throws Exception {
        kind.require("StreamIT");
        String appInstance = clients.otherAppInstance();
        configure(appInstance, kind.arn());
        var story = new StreamedStory(clients, appInstance, streamed.lambda());
        story.tell();
        story.check(await(kind, appInstance, story.length()));
    }

    @Test
    void aStreamThatIsNotFitIsNotTaken() {
        Kind.KINESIS.require("StreamIT");
        refuses(NotFoundException.class, KinesisStream.arn("chime-messaging-nowhere"), "does not exist");
        refuses(ConflictException.class, KinesisStream.arn(KinesisStream.NARROW), "2 open shards");
        refuses(ConflictException.class, KinesisStream.arn(KinesisStream.OPEN), "encryption");
        refuses(ConflictException.class, Kind.KINESIS.arn().replace("us-east-1", "eu-central-1"), "region");
        refuses(ConflictException.class, Kind.KINESIS.arn().replace("000000000000", "123456789012"), "account");
    }

    @Test
    void aTopicThatIsForbiddenIsNotTaken() {
        refuses(ForbiddenException.class, StreamedServer.FORBIDDEN, "may not use");
    }

    @Test
    void whatIsStoredIsReplayedOnRequest() throws Exception {
        String appInstance = clients.otherAppInstance();
        String ada = clients.userOf(appInstance, "ada");
        List<String> channels = List.of(channel(appInstance, ada), channel(appInstance, ada));
        for (int i = 0; i < 6; i++) {
            clients.send(ada, channels.get(i % 2), "message " + i);
        }
        RunningServer.Finished unconfigured = replay(appInstance);
        assertThat(unconfigured.exitCode()).isEqualTo(2);
        assertThat(unconfigured.err()).contains("has no stream for messages");

        configure(appInstance, Kind.WEBHOOK.arn());
        RunningServer.Finished all = replay(appInstance);
        assertThat(all.out()).isEqualTo("messages appended: 6\n");
        RunningServer.Finished one = replay(channels.get(1), "--stream", Kind.KAFKA.arn(), "--from",
                "2026-01-01T00:00:00Z");
        assertThat(one.out()).isEqualTo("messages appended: 3\n");

        assertThat(replay(appInstance, "--stream", StreamedServer.FORBIDDEN).err()).contains("may not use it");
        assertThat(replay(appInstance, "--after", "nonsense").exitCode()).isEqualTo(2);
        assertThat(replay(ada).exitCode()).isEqualTo(2);
        assertThat(replay(appInstance + "0").err()).contains("does not exist");
        for (String channel : channels) {
            List<StreamedRecord> records = await(Kind.WEBHOOK, channel, 3);
            assertThat(records).extracting(StreamedRecord::eventType).containsOnly("CREATE_CHANNEL_MESSAGE");
            int first = channels.indexOf(channel);
            assertThat(records).extracting(record -> record.text("Content"))
                    .containsExactly("message " + first, "message " + (first + 2), "message " + (first + 4));
        }
        assertThat(await(Kind.KAFKA, channels.get(1), 3)).hasSize(3);
        assertThat(await(Kind.KAFKA, channels.get(0), 0)).isEmpty();
    }

    @Test
    void everyRecordComesInOrderWhateverFailsInBetween() throws Exception {
        var writers = new EnumMap<Kind, StreamWriter>(Kind.class);
        for (Kind kind : streamed.receivers().keySet()) {
            String appInstance = clients.otherAppInstance();
            configure(appInstance, kind.arn());
            writers.put(kind, new StreamWriter(clients, appInstance));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing = new ArrayList<Future<?>>();
            writers.values().forEach(writer -> writing.add(threads.submit(writer::write)));
            for (StreamWriter writer : writers.values()) {
                writer.awaitSent(10);
            }
            for (StreamReceiver receiver : streamed.receivers().values()) {
                receiver.fail();
            }
            for (StreamWriter writer : writers.values()) {
                writer.awaitSent(50);
            }
            if (streamed.receivers().containsKey(Kind.NATS)) {
                refuses(ServiceUnavailableException.class, Kind.NATS.arn(), "NATS");
            }
            for (StreamReceiver receiver : streamed.receivers().values()) {
                receiver.recover();
            }
            for (StreamWriter writer : writers.values()) {
                writer.awaitSent(70);
                writer.end();
            }
            for (Future<?> done : writing) {
                done.get();
            }
        }
        for (Map.Entry<Kind, StreamWriter> writer : writers.entrySet()) {
            awaitComplete(writer.getKey(), writer.getValue());
        }
        for (Kind kind : List.of(Kind.WEBHOOK, Kind.KAFKA)) {
            String name = kind.arn().replace("/", "\\/");
            assertThat(streamed.server().log().lines())
                    .as("what the log says of %s, seed %d", kind, SEED)
                    .filteredOn(line -> line.contains("\"WARN\"") && line.contains(name))
                    .isNotEmpty()
                    .hasSizeLessThan(5);
        }
        assertThat(streamed.server().log()).doesNotContain("org.apache.kafka");
    }

    private static void awaitComplete(Kind kind, StreamWriter writer) throws Exception {
        long end = System.nanoTime() + COMPLETE_LIMIT.toNanos();
        List<StreamedRecord> records = records(kind, writer.appInstance());
        while (!writer.isComplete(records)) {
            assertThat(System.nanoTime()).as("time until %s is complete, seed %d", kind, SEED).isLessThan(end);
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            records = records(kind, writer.appInstance());
        }
        writer.checkOrder(records, kind + ", seed " + SEED);
    }

    private static void configure(String appInstance, String stream) {
        clients.messaging()
                .putMessagingStreamingConfigurations(put -> put.appInstanceArn(appInstance)
                        .streamingConfigurations(entry(MessagingDataType.CHANNEL, stream),
                                entry(MessagingDataType.CHANNEL_MESSAGE, stream)));
    }

    private static StreamingConfiguration entry(MessagingDataType type, String stream) {
        return StreamingConfiguration.builder().dataType(type).resourceArn(stream).build();
    }

    private static <E extends ChimeSdkMessagingException> void refuses(Class<E> error, String stream, String problem) {
        E refused = catchThrowableOfType(error, () -> configure(clients.appInstance(), stream));
        assertThat(refused).as(stream).isNotNull().hasMessageContaining(problem).hasMessageContaining(stream);
    }

    private static String channel(String appInstance, String creator) {
        return clients.messaging()
                .createChannel(create -> create.appInstanceArn(appInstance).chimeBearer(creator).name("a channel"))
                .channelArn();
    }

    private static RunningServer.Finished replay(String... arguments) {
        var command = new ArrayList<>(List.of("replay", "--data", streamed.server().dataFolder().toString()));
        command.addAll(List.of(arguments));
        return streamed.server().run(command.toArray(String[]::new));
    }

    /// The records of an app instance or a channel, once there are so many.
    private static List<StreamedRecord> await(Kind kind, String arn, int count) throws Exception {
        long end = System.nanoTime() + COMPLETE_LIMIT.toNanos();
        List<StreamedRecord> records = records(kind, arn);
        while (records.size() < count) {
            assertThat(System.nanoTime()).as("%d of %d records in %s", records.size(), count, kind).isLessThan(end);
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            records = records(kind, arn);
        }
        return records;
    }

    private static List<StreamedRecord> records(Kind kind, String arn) throws Exception {
        return streamed.receiver(kind)
                .records()
                .stream()
                .filter(record -> record.channel().equals(arn) || record.channel().startsWith(arn + "/"))
                .toList();
    }
}
