package bellframe.outbound.streams;

import bellframe.outbound.kafka.KafkaTopic;
import bellframe.outbound.nats.NatsSubject;
import java.net.URI;

/// Where the operator wants a stream to be.
public sealed interface StreamSink {

    /// A receiver that each record is posted to, signed.
    record Webhook(URI address) implements StreamSink {
    }

    /// A topic of Kafka.
    record Kafka(KafkaTopic topic) implements StreamSink {
    }

    /// A subject of NATS JetStream.
    record Nats(NatsSubject subject) implements StreamSink {
    }
}
