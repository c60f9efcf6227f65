package bellframe.server;

import bellframe.outbound.kafka.KafkaBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
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

/// A topic of Kafka, with a broker of its own, which is killed to fail. There is another topic that nobody may use.
final class KafkaStream implements StreamReceiver {

    static final String TOPIC = "chat-events";
    static final String FORBIDDEN_TOPIC = "secret";

    private static final int PARTITIONS = 3;

    private final KafkaBroker broker;
    private final Path properties;

    KafkaStream(Path folder) {
        try {
            broker = new KafkaBroker(Files.createDirectory(folder.resolve("kafka")));
            properties = Files.writeString(folder.resolve("kafka-clients.properties"),
                    "bootstrap.servers=" + broker.address() + "\n");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// The properties of its clients.
    Path properties() {
        return properties;
    }

    @Override
    public void start() throws Exception {
        broker.start();
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            admin.createTopics(Stream.of(TOPIC, FORBIDDEN_TOPIC)
                    .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                    .toList()).all().get();
            var nobody = new AccessControlEntry("User:ANONYMOUS", "*", AclOperation.ALL, AclPermissionType.DENY);
            admin.createAcls(List.of(new AclBinding(
                    new ResourcePattern(ResourceType.TOPIC, FORBIDDEN_TOPIC, PatternType.LITERAL), nobody)))
                    .all()
                    .get();
        }
    }

    @Override
    public List<StreamedRecord> records() {
        var records = new ArrayList<StreamedRecord>();
        try (var consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", broker.address()),
                new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(i -> new TopicPartition(TOPIC, i))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long all = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
            while (partitions.stream().mapToLong(consumer::position).sum() < all) {
                consumer.poll(Duration.ofSeconds(1))
                        .forEach(record -> records.add(StreamedRecord.of(record.key(), record.value())));
            }
        }
        return records;
    }

    @Override
    public void fail() {
        broker.kill();
    }

    @Override
    public void recover() throws IOException {
        broker.start();
    }

    @Override
    public void close() {
        broker.close();
    }
}
