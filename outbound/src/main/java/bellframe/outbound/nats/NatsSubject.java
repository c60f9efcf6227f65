package bellframe.outbound.nats;

/// A subject that a stream of JetStream takes messages of.
public record NatsSubject(NatsCluster cluster, String name) {
}
