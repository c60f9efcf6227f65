package bellframe.outbound.kafka;

import bellframe.outbound.calls.FirstUse;
import bellframe.outbox.DeliveryFailed;
import bellframe.streaming.StreamSinks;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Appends records to topics of Kafka, under the ARN that app instances name: the partition key is the record's key, so that
/// what has one key is in one partition and in order. Safe for use by many threads.
///
/// Kafka's client has sockets of its own, to which the rules of `bellframe.outbound.calls` do not apply: it connects to the
/// servers that the operator names, and to those that the cluster names as its brokers. TLS and SASL are what the
/// operator's properties say. No failure is for good but that of a record that is too large for the topic.
public final class KafkaSinks implements StreamSinks, AutoCloseable {

    private final Map<String, KafkaTopic> topics;
    private final Map<KafkaCluster, FirstUse<ClusterClient, RuntimeException>> clients = new HashMap<>();

    /// @param topics by the stream's ARN; those of one cluster share a producer
    public KafkaSinks(Map<String, KafkaTopic> topics) {
        this.topics = Map.copyOf(topics);
        for (KafkaTopic topic : topics.values()) {
            KafkaCluster cluster = topic.cluster();
            clients.computeIfAbsent(cluster, _ -> new FirstUse<>(() -> new ClusterClient(cluster)));
        }
    }

    @Override
    public Fitness fitness(String streamArn) {
        KafkaTopic topic = topics.get(streamArn);
        return topic == null ? new Fitness.Absent() : client(topic.cluster()).fitness(topic.name());
    }

    /// Returns within 15 seconds, once all replicas that are in sync have the record.
    @Override
    public void put(String streamArn, String partitionKey, byte[] record) throws DeliveryFailed {
        KafkaTopic topic = topics.get(streamArn);
        if (topic == null) {
            throw DeliveryFailed.transientFailure("no Kafka topic is configured for " + streamArn);
        }
        client(topic.cluster()).put(topic.name(), partitionKey, record);
    }

    private ClusterClient client(KafkaCluster cluster) {
        @Nullable
        FirstUse<ClusterClient, RuntimeException> client = clients.get(cluster);
        if (client == null) {
            throw new IllegalStateException("there is no client for " + cluster);
        }
        return client.get();
    }

    /// Gives up what is under way.
    @Override
    public void close() {
        for (FirstUse<ClusterClient, RuntimeException> client : clients.values()) {
            Optional<ClusterClient> made = client.made();
            // A method reference would load Kafka's client.
            if (made.isPresent()) {
                made.get().close();
            }
        }
    }
}
