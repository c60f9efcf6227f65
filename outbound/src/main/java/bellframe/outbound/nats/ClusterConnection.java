package bellframe.outbound.nats;

import bellframe.outbound.links.Link;
import bellframe.outbox.DeliveryFailed;
import bellframe.streaming.StreamSinks.Fitness;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PublishOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/// The connection to one cluster, made at first use. The client connects again by itself when it is lost; meanwhile nothing
/// is kept for later, since whoever puts a record does so again. Safe for use by many threads.
final class ClusterConnection implements AutoCloseable {

    private static final Duration CONNECTING_LIMIT = Duration.ofSeconds(5);
    private static final Duration CONNECTING_LIMIT_OF_ONE = Duration.ofSeconds(2);
    private static final Duration PAUSE_BEFORE_RECONNECTING = Duration.ofMillis(500);
    private static final Duration PING_INTERVAL = Duration.ofSeconds(10);

    /// What the server counts beside the record: the header with the id.
    private static final int HEADER_BYTES_MAX = 128;

    private final NatsCluster cluster;
    private final Link<JetStreamClient> link;

    ClusterConnection(NatsCluster cluster) {
        this.cluster = cluster;
        this.link = new Link<>("NATS server", this::connect, NatsFailures::ofConnecting, JetStreamClient::close);
    }

    private JetStreamClient connect() throws IOException, InterruptedException {
        var log = new ConnectionLog();
        var options = Options.builder()
                .servers(cluster.servers().stream().map(URI::toString).toArray(String[]::new))
                .ignoreDiscoveredServers()
                .connectionName("bellframe")
                .connectionTimeout(CONNECTING_LIMIT_OF_ONE)
                .pingInterval(PING_INTERVAL)
                .maxReconnects(-1)
                .reconnectWait(PAUSE_BEFORE_RECONNECTING)
                .reconnectBufferSize(0)
                .connectionListener(log)
                .errorListener(log);
        if (cluster.credentials() != null) {
            options.authHandler(Nats.credentials(cluster.credentials().toString()));
        }
        return new JetStreamClient(Nats.connect(options.build()));
    }

    void put(String subject, byte[] record) throws DeliveryFailed {
        JetStreamClient client = client();
        if (record.length + HEADER_BYTES_MAX > client.maxPayloadBytes()) {
            throw DeliveryFailed.permanentFailure("the record is too large for the NATS server");
        }
        try {
            client.jetStream()
                    .publish(subject, record,
                            PublishOptions.builder().messageId(MessageId.of(record)).build());
        } catch (IOException | JetStreamApiException | RuntimeException problem) {
            throw NatsFailures.of(problem);
        }
    }

    Fitness fitness(String subject) {
        try {
            return client().management().getStreamNames(subject).isEmpty() ? new Fitness.Absent() : new Fitness.Fit();
        } catch (IOException | JetStreamApiException | RuntimeException problem) {
            return new Fitness.Unknown(NatsFailures.of(problem).reason());
        } catch (DeliveryFailed failure) {
            return new Fitness.Unknown(failure.reason());
        }
    }

    /// A connection gives up for good when its credentials are refused.
    private JetStreamClient client() throws DeliveryFailed {
        JetStreamClient client = link.get(CONNECTING_LIMIT);
        if (client.status() != Connection.Status.CLOSED) {
            return client;
        }
        link.discard(client);
        return link.get(CONNECTING_LIMIT);
    }

    @Override
    public void close() {
        link.close();
    }
}
