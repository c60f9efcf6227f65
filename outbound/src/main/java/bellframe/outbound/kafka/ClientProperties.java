package bellframe.outbound.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/// The properties of Kafka's clients: those of the operator, and over them those that make records safe and calls short.
final class ClientProperties {

    private static final int CONNECTING_MILLIS = 3_000;

    private ClientProperties() {
    }

    static Map<String, Object> producer(KafkaCluster cluster, ClientLimits limits) {
        Map<String, Object> properties = common(cluster, limits);
        properties.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, limits.metadata().toMillis());
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) limits.delivery().toMillis());
        // Whoever puts a record waits for it.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        properties.put(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, false);
        return properties;
    }

    static Map<String, Object> admin(KafkaCluster cluster, ClientLimits limits) {
        Map<String, Object> properties = common(cluster, limits);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) limits.delivery().toMillis());
        return properties;
    }

    private static Map<String, Object> common(KafkaCluster cluster, ClientLimits limits) {
        var properties = new HashMap<String, Object>(cluster.properties());
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) limits.request().toMillis());
        properties.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, CONNECTING_MILLIS);
        properties.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, CONNECTING_MILLIS);
        // Metrics are the server's own, and go to nobody else.
        properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        return properties;
    }
}
