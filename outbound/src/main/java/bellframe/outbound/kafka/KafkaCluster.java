package bellframe.outbound.kafka;

import java.util.Map;

/// A cluster of Kafka, and how to connect to it.
///
/// @param bootstrapServers hosts and ports, separated by commas
/// @param properties of Kafka's clients, such as `security.protocol`, `sasl.mechanism`, `sasl.jaas.config` and
///        `ssl.truststore.location`; those that decide whether records are safe are not taken from here
public record KafkaCluster(String bootstrapServers, Map<String, String> properties) {

    public KafkaCluster {
        properties = Map.copyOf(properties);
    }

    /// Leaves out the properties: they hold secrets.
    @Override
    public String toString() {
        return "KafkaCluster[" + bootstrapServers + "]";
    }
}
