package bellframe.outbound.nats;

import bellframe.outbound.calls.FirstUse;
import bellframe.outbox.DeliveryFailed;
import bellframe.streaming.StreamSinks;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Publishes records to subjects of NATS JetStream, under the ARN that app instances name. A record that comes again is
/// dropped by the server if that is soon enough: its id is a hash of it. Safe for use by many threads.
///
/// The client of NATS has sockets of its own, to which the rules of `bellframe.outbound.calls` do not apply: it connects to
/// the servers that the operator names, and not to others that these tell of. No failure is for good but that of a record
/// that is too large for the server or the stream.
public final class NatsSinks implements StreamSinks, AutoCloseable {

    private final Map<String, NatsSubject> subjects;
    private final Map<NatsCluster, FirstUse<ClusterConnection, RuntimeException>> connections = new HashMap<>();

    /// @param subjects by the stream's ARN; those of one cluster share a connection
    public NatsSinks(Map<String, NatsSubject> subjects) {
        this.subjects = Map.copyOf(subjects);
        for (NatsSubject subject : subjects.values()) {
            NatsCluster cluster = subject.cluster();
            connections.computeIfAbsent(cluster, _ -> new FirstUse<>(() -> new ClusterConnection(cluster)));
        }
    }

    @Override
    public Fitness fitness(String streamArn) {
        NatsSubject subject = subjects.get(streamArn);
        return subject == null ? new Fitness.Absent() : connection(subject.cluster()).fitness(subject.name());
    }

    /// Returns within 10 seconds, once the stream has the record.
    @Override
    public void put(String streamArn, String partitionKey, byte[] record) throws DeliveryFailed {
        NatsSubject subject = subjects.get(streamArn);
        if (subject == null) {
            throw DeliveryFailed.transientFailure("no NATS subject is configured for " + streamArn);
        }
        connection(subject.cluster()).put(subject.name(), record);
    }

    private ClusterConnection connection(NatsCluster cluster) {
        @Nullable
        FirstUse<ClusterConnection, RuntimeException> connection = connections.get(cluster);
        if (connection == null) {
            throw new IllegalStateException("there is no connection for " + cluster);
        }
        return connection.get();
    }

    /// Gives up what is under way.
    @Override
    public void close() {
        for (FirstUse<ClusterConnection, RuntimeException> connection : connections.values()) {
            Optional<ClusterConnection> made = connection.made();
            // A method reference would load the client of NATS.
            if (made.isPresent()) {
                made.get().close();
            }
        }
    }
}
