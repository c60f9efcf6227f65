package bellframe.outbound.kafka;

/// A topic of a cluster.
public record KafkaTopic(KafkaCluster cluster, String name) {
}
