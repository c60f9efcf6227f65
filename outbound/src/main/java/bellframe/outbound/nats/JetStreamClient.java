package bellframe.outbound.nats;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import java.io.IOException;
import java.time.Duration;

/// A connection, as far as it is about JetStream.
record JetStreamClient(Connection connection, JetStream jetStream, JetStreamManagement management) {

    private static final JetStreamOptions OPTIONS = JetStreamOptions.builder()
            .requestTimeout(Duration.ofSeconds(5))
            .build();

    JetStreamClient(Connection connection) throws IOException {
        this(connection, connection.jetStream(OPTIONS), connection.jetStreamManagement(OPTIONS));
    }

    Connection.Status status() {
        return connection.getStatus();
    }

    long maxPayloadBytes() {
        return connection.getMaxPayload();
    }

    void close() {
        try {
            connection.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
