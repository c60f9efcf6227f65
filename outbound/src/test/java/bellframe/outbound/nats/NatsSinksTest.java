package bellframe.outbound.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.outbox.DeliveryFailed;
import bellframe.streaming.StreamSinks.Fitness;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StreamConfiguration;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NatsSinksTest {

    private static final String ARN = "arn:aws:kinesis:eu-central-1:123456789012:stream/chime-messaging-a";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /// What a busy machine may add.
    private static final Duration SLACK = Duration.ofSeconds(5);

    /// What a test asks the server.
    private interface Question<T> {

        T ask(JetStreamManagement management) throws Exception;
    }

    @TempDir
    private Path folder;

    private NatsServer server;

    @BeforeAll
    static void requireServer() {
        NatsServer.require("NatsSinksTest");
    }

    @BeforeEach
    void start() throws Exception {
        server = new NatsServer("-js", "-sd", folder.resolve("store").toString());
        server.start();
        makeStream(server.url(), null);
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void recordsAreStoredInOrderWithAnId() throws Exception {
        try (var sinks = sinks("events.a")) {
            for (int i = 0; i < 20; i++) {
                put(sinks, "{\"\u00fc\":" + i + "}");
            }
        }
        assertThat(stored(server.url(), null))
                .isEqualTo(IntStream.range(0, 20).mapToObj(i -> "{\"\u00fc\":" + i + "}").toList());
        var first = ask(server.url(), null, management -> management.getMessage("EVENTS", 1));
        assertThat(first.getSubject()).isEqualTo("events.a");
        assertThat(String.valueOf(Objects.requireNonNull(first.getHeaders()).getFirst("Nats-Msg-Id")))
                .matches("[0-9a-f]{64}");
    }

    @Test
    void aRecordThatComesAgainIsStoredOnce() throws Exception {
        try (var sinks = sinks("events.a"); var later = sinks("events.a")) {
            put(sinks, "record");
            put(sinks, "record");
            put(later, "record");
            put(later, "another");
        }
        assertThat(stored(server.url(), null)).containsExactly("record", "another");
    }

    @Test
    void aSubjectIsFitAbsentOrUnknown() throws Exception {
        assertThat(fitness(server.url(), "events.a")).isEqualTo(new Fitness.Fit());
        assertThat(fitness(server.url(), "others.a")).isEqualTo(new Fitness.Absent());
        try (var without = new NatsServer()) {
            without.start();
            assertThat(fitness(without.url(), "events.a")).isInstanceOf(Fitness.Unknown.class);
        }
        try (var silent = new ServerSocket(0)) {
            assertThat(fitness(URI.create("nats://localhost:" + silent.getLocalPort()), "events.a"))
                    .isEqualTo(new Fitness.Unknown("the NATS server takes no connections"));
        }
    }

    @Test
    void onlyARecordThatIsTooLargeFailsForGood() throws Exception {
        try (var sinks = sinks("events.a"); var others = sinks("others.a")) {
            assertThat(failure(others, "record").permanent()).isFalse();
            assertThat(failure(sinks, "x".repeat(2_000)).reason())
                    .isEqualTo("the record is too large for the NATS stream");
            assertThat(failure(sinks, "x".repeat(2_000)).permanent()).isTrue();
            assertThat(failure(sinks, "x".repeat(1024 * 1024)).reason())
                    .isEqualTo("the record is too large for the NATS server");
            assertThat(failure(sinks, "x".repeat(1024 * 1024)).permanent()).isTrue();
            put(sinks, "record");
        }
    }

    @Test
    void nothingIsLostWhenTheServerIsKilled() throws Exception {
        try (var sinks = sinks("events.a")) {
            put(sinks, "before");
            server.kill();
            long before = System.nanoTime();
            assertThat(failure(sinks, "meanwhile").permanent()).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(LIMIT.plus(SLACK));
            server.start();
            long deadline = System.nanoTime() + LIMIT.plus(SLACK).toNanos();
            while (failure(sinks, "after") != null) {
                assertThat(System.nanoTime()).as("it does not connect again").isLessThan(deadline);
            }
        }
        assertThat(stored(server.url(), null)).filteredOn(record -> !record.equals("meanwhile"))
                .containsExactly("before", "after");
    }

    @Test
    void aServerThatComesLaterIsFound() throws Exception {
        server.kill();
        try (var sinks = sinks("events.a")) {
            assertThat(failure(sinks, "record").reason()).isEqualTo("the NATS server takes no connections");
            server.start();
            put(sinks, "record");
        }
        assertThat(stored(server.url(), null)).containsExactly("record");
    }

    @Test
    void credentialsAreThoseOfTheFile() throws Exception {
        var operator = new NatsOperator();
        Path mine = operator.credentials(folder.resolve("mine.creds"));
        try (var secured = new NatsServer("-c", operator.configuration(folder).toString())) {
            secured.start();
            makeStream(secured.url(), mine);
            try (var sinks = sinks(secured.url(), mine, "events.a")) {
                put(sinks, "record");
            }
            assertThat(stored(secured.url(), mine)).containsExactly("record");
            assertRefused(secured.url(), null);
            try (var sinks = sinks(secured.url(), folder.resolve("nowhere.creds"), "events.a")) {
                assertThat(failure(sinks, "record").permanent()).isFalse();
            }
            assertRefused(secured.url(), NatsOperator.strangers(folder.resolve("other.creds")));
        }
    }

    @Test
    void secretsOfAddressesAreNotShown() {
        var cluster = new NatsCluster(List.of(URI.create("tls://user:password@nats.example.com:4222")), null);
        assertThat(cluster).asString().isEqualTo("NatsCluster[nats.example.com:4222]");
    }

    @Test
    void whoIsNotConfiguredIsNotThere() {
        try (var sinks = new NatsSinks(Map.of())) {
            assertThat(sinks.fitness(ARN)).isEqualTo(new Fitness.Absent());
            assertThat(failure(sinks, "record").permanent()).isFalse();
        }
    }

    private NatsSinks sinks(String subject) {
        return sinks(server.url(), null, subject);
    }

    private static NatsSinks sinks(URI url, @Nullable Path credentials, String subject) {
        return new NatsSinks(Map.of(ARN, new NatsSubject(new NatsCluster(List.of(url), credentials), subject)));
    }

    private static Fitness fitness(URI url, String subject) {
        try (var sinks = sinks(url, null, subject)) {
            return sinks.fitness(ARN);
        }
    }

    private static void put(NatsSinks sinks, String record) throws DeliveryFailed {
        sinks.put(ARN, "key", record.getBytes(StandardCharsets.UTF_8));
    }

    private static DeliveryFailed failure(NatsSinks sinks, String record) {
        return catchThrowableOfType(DeliveryFailed.class, () -> put(sinks, record));
    }

    private static void assertRefused(URI url, @Nullable Path credentials) {
        try (var sinks = sinks(url, credentials, "events.a")) {
            for (int i = 0; i < 2; i++) {
                DeliveryFailed failure = failure(sinks, "record");
                assertThat(failure.reason()).isEqualTo("the NATS server does not take the credentials");
                assertThat(failure.permanent()).isFalse();
            }
        }
    }

    private static void makeStream(URI url, @Nullable Path credentials) throws Exception {
        var stream = StreamConfiguration.builder()
                .name("EVENTS")
                .subjects("events.>")
                .maximumMessageSize(1_000)
                .build();
        ask(url, credentials, management -> management.addStream(stream));
    }

    private static List<String> stored(URI url, @Nullable Path credentials) throws Exception {
        return ask(url, credentials, management -> {
            var records = new ArrayList<String>();
            long last = management.getStreamInfo("EVENTS").getStreamState().getLastSequence();
            for (long i = 1; i <= last; i++) {
                records.add(new String(management.getMessage("EVENTS", i).getData(), StandardCharsets.UTF_8));
            }
            return records;
        });
    }

    /// Asks the server itself.
    private static <T> T ask(URI url, @Nullable Path credentials, Question<T> question) throws Exception {
        var options = Options.builder().server(url.toString());
        if (credentials != null) {
            options.authHandler(Nats.credentials(credentials.toString()));
        }
        Connection connection = Nats.connect(options.build());
        try {
            return question.ask(connection.jetStreamManagement());
        } finally {
            connection.close();
        }
    }
}
