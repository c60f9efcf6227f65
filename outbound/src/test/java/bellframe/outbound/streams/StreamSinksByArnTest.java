package bellframe.outbound.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.names.Account;
import bellframe.outbound.LoadedClasses;
import bellframe.outbound.aws.AwsAccess;
import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.calls.CallLimits;
import bellframe.outbound.calls.CallRules;
import bellframe.outbound.calls.Calls;
import bellframe.outbound.calls.FirstUse;
import bellframe.outbound.calls.TestReceiver;
import bellframe.outbound.kafka.KafkaCluster;
import bellframe.outbound.kafka.KafkaTopic;
import bellframe.outbound.kinesis.KinesisSinks;
import bellframe.outbound.nats.NatsCluster;
import bellframe.outbound.nats.NatsSubject;
import bellframe.outbound.webhook.WebhookSecrets;
import bellframe.outbound.webhook.Webhooks;
import bellframe.outbox.DeliveryFailed;
import bellframe.streaming.StreamSinks;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamSinksByArnTest {

    private static final String PREFIX = "arn:aws:kinesis:eu-central-1:123456789012:stream/chime-messaging-";
    private static final String POSTED = PREFIX + "posted";
    private static final String KAFKA = PREFIX + "kafka";
    private static final String NATS = PREFIX + "nats";
    private static final String OTHER = PREFIX + "other";
    private static final byte[] RECORD = "{}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @AutoClose
    private final TestReceiver receiver = new TestReceiver();

    private final List<String> inKinesis = new CopyOnWriteArrayList<>();

    @Test
    void aStreamIsWhereTheOperatorWantsIt() throws Exception {
        int port = unusedPort();
        try (var calls = calls(); var sinks = sinks(calls, port, new Kinesis())) {
            sinks.put(POSTED, "key", RECORD);
            sinks.put(OTHER, "key", RECORD);
            assertThat(receiver.await().text()).isEqualTo("{}");
            assertThat(inKinesis).containsExactly(OTHER);

            assertThat(failure(sinks, KAFKA)).isEqualTo("the Kafka cluster took too long");
            assertThat(failure(sinks, NATS)).isEqualTo("the NATS server takes no connections");
            assertThat(sinks.fitness(POSTED)).isEqualTo(new StreamSinks.Fitness.Fit());
            assertThat(sinks.fitness(OTHER)).isEqualTo(new StreamSinks.Fitness.Forbidden());
        }
        assertThat(inKinesis).containsExactly(OTHER);
        assertThat(receiver.waiting()).isZero();
    }

    @Test
    void withoutKinesisOtherStreamsAreAbsent() throws Exception {
        try (var calls = calls(); var sinks = sinks(calls, 1, null)) {
            assertThat(failure(sinks, OTHER)).isEqualTo("no sink is configured for " + OTHER);
            assertThat(sinks.fitness(OTHER)).isEqualTo(new StreamSinks.Fitness.Absent());
        }
    }

    @Test
    void webhooksNeedSomethingToPostWith() {
        Map<String, StreamSink> posted = Map.of(POSTED, new StreamSink.Webhook(receiver.url()));
        assertThatThrownBy(() -> new StreamSinksByArn(posted, null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noClientIsLoadedBeforeAStreamIsUsed() throws Exception {
        assertThat(LoadedClasses.by(Construction.class, folder))
                .anyMatch(line -> line.contains(StreamSinksByArn.class.getName() + " "))
                .filteredOn(line -> line.matches(
                        ".*] (software\\.amazon\\.awssdk|org\\.apache\\.hc|org\\.apache\\.kafka|io\\.nats)\\..*"))
                .isEmpty();
    }

    /// What a start of the server does, in a process of its own.
    static final class Construction {

        public static void main(String[] args) throws IOException {
            try (var calls = calls()) {
                var kinesis = new KinesisSinks(new FirstUse<>(() -> new AwsAccess(calls, InstantSource.system())),
                        new AwsEndpoint.Regional(), new Account("123456789012", "eu-central-1"));
                new StreamSinksByArn(configuration(URI.create("https://localhost"), 1), webhooks(calls), kinesis)
                        .close();
            }
        }
    }

    /// Takes everything.
    private final class Kinesis implements StreamSinks {

        @Override
        public Fitness fitness(String streamArn) {
            return new Fitness.Forbidden();
        }

        @Override
        public void put(String streamArn, String partitionKey, byte[] record) {
            inKinesis.add(streamArn);
        }
    }

    private StreamSinksByArn sinks(Calls calls, int port, @Nullable StreamSinks kinesis) {
        return new StreamSinksByArn(configuration(receiver.url(), port), webhooks(calls), kinesis);
    }

    private static Map<String, StreamSink> configuration(URI receiver, int port) {
        var cluster = new KafkaCluster("localhost:" + port, Map.of());
        var servers = new NatsCluster(List.of(URI.create("nats://localhost:" + port)), null);
        return Map.of(
                POSTED, new StreamSink.Webhook(receiver),
                KAFKA, new StreamSink.Kafka(new KafkaTopic(cluster, "events")),
                NATS, new StreamSink.Nats(new NatsSubject(servers, "events")));
    }

    private static Webhooks webhooks(Calls calls) {
        return new Webhooks(calls,
                WebhookSecrets.parse("whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=").orElseThrow(),
                InstantSource.system());
    }

    private static Calls calls() throws IOException {
        return new Calls(new CallRules(Set.of("localhost"), true, null, CallLimits.STANDARD));
    }

    private static String failure(StreamSinks sinks, String arn) {
        DeliveryFailed failure = catchThrowableOfType(DeliveryFailed.class, () -> sinks.put(arn, "key", RECORD));
        assertThat(failure.permanent()).isFalse();
        return failure.reason();
    }

    private static int unusedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
