package bellframe.outbound.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.outbox.DeliveryFailed;
import bellframe.streaming.StreamSinks.Fitness;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KafkaSinksTest {

    private static final String ARN = "arn:aws:kinesis:eu-central-1:123456789012:stream/chime-messaging-";
    private static final int PARTITIONS = 3;
    private static final ClientLimits QUICK = new ClientLimits(Duration.ofSeconds(3), Duration.ofSeconds(1),
            Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(1));
    /// What a busy machine may add.
    private static final Duration SLACK = Duration.ofSeconds(5);

    @TempDir
    private static Path folder;

    private static KafkaBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = new KafkaBroker(folder);
        broker.start();
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            admin.createTopics(List.of(topic("ordered"), topic("killed"), topic("secret"))).all().get();
            var nobody = new AccessControlEntry("User:ANONYMOUS", "*", AclOperation.ALL, AclPermissionType.DENY);
            admin.createAcls(List.of(new AclBinding(
                    new ResourcePattern(ResourceType.TOPIC, "secret", PatternType.LITERAL), nobody))).all().get();
        }
    }

    @AfterAll
    static void end() {
        broker.close();
    }

    @Test
    void recordsOfOneKeyStayInOrderAndAreAsTheyWere() throws Exception {
        int keys = 20;
        int each = 10;
        var cluster = new KafkaCluster(broker.address(), Map.of());
        try (var sinks = new KafkaSinks(Map.of(ARN + "a", new KafkaTopic(cluster, "ordered")));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<Future<?>>();
            for (int key = 0; key < keys; key++) {
                String name = "k\u00e4nal-" + key;
                done.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        sinks.put(ARN + "a", name, bytes("{\"\u00fc\":" + i + "}"));
                    }
                    return true;
                }));
            }
            for (Future<?> one : done) {
                one.get();
            }
        }
        Map<String, List<String>> came = new HashMap<>();
        read("ordered").forEach(record -> came.computeIfAbsent(record.key(), _ -> new ArrayList<>())
                .add(record.value()));
        List<String> expected = IntStream.range(0, each).mapToObj(i -> "{\"\u00fc\":" + i + "}").toList();
        assertThat(came).hasSize(keys).containsEntry("k\u00e4nal-7", expected);
        assertThat(came.values()).allSatisfy(values -> assertThat(values).isEqualTo(expected));
    }

    @Test
    void aTopicIsFitAbsentForbiddenOrUnknown() throws Exception {
        try (var client = client(broker.address())) {
            assertThat(client.fitness("ordered")).isEqualTo(new Fitness.Fit());
            assertThat(client.fitness("nowhere")).isEqualTo(new Fitness.Absent());
            assertThat(client.fitness("secret")).isEqualTo(new Fitness.Forbidden());
        }
        try (var socket = new ServerSocket(0); var client = client("localhost:" + socket.getLocalPort())) {
            assertThat(client.fitness("ordered")).isEqualTo(new Fitness.Unknown("the Kafka cluster took too long"));
        }
        try (var client = client("no-host.invalid:9092")) {
            assertThat(client.fitness("ordered"))
                    .isEqualTo(
                            new Fitness.Unknown("the client of the Kafka cluster could not be made: KafkaException"));
        }
    }

    @Test
    void onlyARecordThatIsTooLargeFailsForGood() {
        try (var client = client(broker.address())) {
            assertThat(failure(client, "secret", "record").reason()).isEqualTo("no access to the Kafka topic");
            assertThat(failure(client, "secret", "record").permanent()).isFalse();
            assertThat(failure(client, "nowhere", "record").permanent()).isFalse();
            assertThat(failure(client, "no topic", "record").permanent()).isFalse();
            assertThat(failure(client, "ordered", "x".repeat(200_000)).permanent()).as("for the topic").isTrue();
            assertThat(failure(client, "ordered", "x".repeat(2_000_000)).permanent()).as("for all topics").isTrue();
        }
    }

    @Test
    void whoIsNotConfiguredIsNotThere() {
        try (var sinks = new KafkaSinks(Map.of())) {
            assertThat(sinks.fitness(ARN + "b")).isEqualTo(new Fitness.Absent());
            DeliveryFailed failure = catchThrowableOfType(DeliveryFailed.class,
                    () -> sinks.put(ARN + "b", "key", bytes("record")));
            assertThat(failure.permanent()).isFalse();
        }
    }

    @Test
    void aClientThatCannotBeMadeIsTriedAgain() {
        try (var client = new ClusterClient(new KafkaCluster("localhost:1", Map.of("security.protocol", "SECRET")),
                QUICK)) {
            for (int i = 0; i < 2; i++) {
                assertThat(failure(client, "ordered", "record").reason())
                        .isEqualTo("the client of the Kafka cluster could not be made: ConfigException");
            }
        }
    }

    @Test
    void propertiesThatMakeRecordsSafeAreNotTheOperators() {
        var cluster = new KafkaCluster("localhost:1", Map.of("acks", "0", "enable.idempotence", "false",
                "max.block.ms", "1000000", "transactional.id", "a", "bootstrap.servers", "elsewhere:1",
                "sasl.jaas.config", "password"));
        assertThat(ClientProperties.producer(cluster, ClientLimits.STANDARD)).containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("max.block.ms", 3_000L)
                .containsEntry("bootstrap.servers", "localhost:1")
                .containsEntry("sasl.jaas.config", "password")
                .doesNotContainKey("transactional.id");
        assertThat(cluster).asString().doesNotContain("password");
    }

    @Test
    void closingEndsWhatIsUnderWay() throws Exception {
        try (var silent = new ServerSocket(0); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var client = new ClusterClient(new KafkaCluster("localhost:" + silent.getLocalPort(), Map.of()));
            Future<DeliveryFailed> put = threads.submit(() -> failure(client, "ordered", "record"));
            silent.accept().close();
            long before = System.nanoTime();
            client.close();
            assertThat(put.get().permanent()).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SLACK);
            assertThat(failure(client, "ordered", "record").reason())
                    .isEqualTo("the server stops, the Kafka cluster is not called");
        }
    }

    @Test
    void nothingIsLostWhenTheBrokerIsKilled() throws Exception {
        int records = 40;
        var some = new CountDownLatch(10);
        var failed = new CountDownLatch(1);
        Map<Duration, String> failures = new LinkedHashMap<>();
        try (var client = client(broker.address()); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> sender = threads.submit(() -> {
                for (int i = 0; i < records;) {
                    long before = System.nanoTime();
                    DeliveryFailed failure = failure(client, "killed", "record " + i);
                    if (failure == null) {
                        i++;
                        some.countDown();
                    } else {
                        failures.put(Duration.ofNanos(System.nanoTime() - before), failure.reason());
                        failed.countDown();
                    }
                    // So that the broker is killed in the middle.
                    if (i == records / 2) {
                        failed.await();
                    }
                }
                return true;
            });
            some.await();
            broker.kill();
            while (failed.getCount() > 0 && !sender.isDone()) {
                // One that had been sent in full needs no broker; the next does.
                DeliveryFailed failure = failure(client, "killed", "another");
                assertThat(failure).isNotNull();
                failed.countDown();
            }
            broker.start();
            sender.get();
        }
        assertThat(failures.keySet())
                .allSatisfy(took -> assertThat(took).isLessThan(Duration.ofSeconds(5).plus(SLACK)));
        var came = new LinkedHashSet<String>();
        read("killed").stream()
                .filter(record -> !record.value().equals("another"))
                .forEach(record -> came.add(record.value()));
        assertThat(came).containsExactlyElementsOf(
                IntStream.range(0, records).mapToObj(i -> "record " + i).toList());
    }

    private static ClusterClient client(String address) {
        return new ClusterClient(new KafkaCluster(address, Map.of()), QUICK);
    }

    private static DeliveryFailed failure(ClusterClient client, String topic, String record) {
        return catchThrowableOfType(DeliveryFailed.class, () -> client.put(topic, "key", bytes(record)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static NewTopic topic(String name) {
        return new NewTopic(name, PARTITIONS, (short) 1);
    }

    /// All that a topic has, partition by partition.
    private static List<ConsumerRecord<String, String>> read(String topic) throws IOException {
        var records = new ArrayList<ConsumerRecord<String, String>>();
        try (var consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", broker.address()),
                new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(i -> new TopicPartition(topic, i))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long all = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
            while (partitions.stream().mapToLong(consumer::position).sum() < all) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }
}
