package bellframe.outbound.kafka;

import bellframe.outbound.links.Link;
import bellframe.outbox.DeliveryFailed;
import bellframe.streaming.StreamSinks.Fitness;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// One cluster, with a producer that is made at first use and replaced when it broke. Safe for use by many threads.
final class ClusterClient implements AutoCloseable {

    private final KafkaCluster cluster;
    private final ClientLimits limits;
    private final Link<Producer<byte[], byte[]>> producer;

    ClusterClient(KafkaCluster cluster) {
        this(cluster, ClientLimits.STANDARD);
    }

    ClusterClient(KafkaCluster cluster, ClientLimits limits) {
        this.cluster = cluster;
        this.limits = limits;
        this.producer = new Link<>("Kafka cluster", this::make, KafkaFailures::ofMaking,
                made -> made.close(Duration.ZERO));
    }

    private Producer<byte[], byte[]> make() {
        return new KafkaProducer<>(ClientProperties.producer(cluster, limits), new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void put(String topic, String partitionKey, byte[] record) throws DeliveryFailed {
        Producer<byte[], byte[]> current = producer.get(limits.making());
        Duration limit = limits.delivery().plus(limits.slack());
        try {
            current.send(new ProducerRecord<>(topic, partitionKey.getBytes(StandardCharsets.UTF_8), record))
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failure(current, failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException _) {
            throw DeliveryFailed.transientFailure("the Kafka cluster took too long");
        } catch (InterruptedException | InterruptException _) {
            Thread.currentThread().interrupt();
            throw DeliveryFailed.transientFailure("the call to the Kafka cluster was given up");
        } catch (RuntimeException problem) {
            throw failure(current, problem);
        }
    }

    private DeliveryFailed failure(Producer<byte[], byte[]> current, Throwable problem) {
        if (KafkaFailures.breakProducers(problem)) {
            producer.discard(current);
        }
        return KafkaFailures.of(problem);
    }

    /// Asks with a client of its own: a producer that asks for a topic may create it.
    Fitness fitness(String topic) {
        Admin admin;
        try {
            admin = Admin.create(ClientProperties.admin(cluster, limits));
        } catch (RuntimeException problem) {
            return new Fitness.Unknown(KafkaFailures.ofMaking(problem).reason());
        }
        try {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
            return new Fitness.Fit();
        } catch (ExecutionException failed) {
            return KafkaFailures.fitness(failed.getCause() == null ? failed : failed.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Fitness.Unknown("the call to the Kafka cluster was given up");
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
