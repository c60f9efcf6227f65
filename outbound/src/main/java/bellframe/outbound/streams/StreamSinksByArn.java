package bellframe.outbound.streams;

import bellframe.outbound.kafka.KafkaSinks;
import bellframe.outbound.kafka.KafkaTopic;
import bellframe.outbound.nats.NatsSinks;
import bellframe.outbound.nats.NatsSubject;
import bellframe.outbound.webhook.WebhookSinks;
import bellframe.outbound.webhook.Webhooks;
import bellframe.outbox.DeliveryFailed;
import bellframe.streaming.StreamSinks;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Chooses where a stream is: at the sink that the operator gave its ARN, else in Kinesis. Nothing of Kafka or NATS is
/// loaded before a stream of theirs is used. Safe for use by many threads.
public final class StreamSinksByArn implements StreamSinks, AutoCloseable {

    private final Map<String, StreamSinks> chosen = new HashMap<>();
    private final @Nullable StreamSinks kinesis;
    private final KafkaSinks kafka;
    private final NatsSinks nats;

    /// @param sinks by the stream's ARN
    /// @param webhooks posts records; null if no sink is a webhook
    /// @param kinesis has all other streams; null if there are no others
    /// @throws IllegalArgumentException if there is a webhook among the sinks, and nothing to post with
    public StreamSinksByArn(Map<String, StreamSink> sinks, @Nullable Webhooks webhooks,
            @Nullable StreamSinks kinesis) {
        var addresses = new HashMap<String, URI>();
        var topics = new HashMap<String, KafkaTopic>();
        var subjects = new HashMap<String, NatsSubject>();
        sinks.forEach((arn, sink) -> {
            switch (sink) {
                case StreamSink.Webhook(URI address) -> addresses.put(arn, address);
                case StreamSink.Kafka(KafkaTopic topic) -> topics.put(arn, topic);
                case StreamSink.Nats(NatsSubject subject) -> subjects.put(arn, subject);
            }
        });
        this.kinesis = kinesis;
        this.kafka = new KafkaSinks(topics);
        this.nats = new NatsSinks(subjects);
        topics.keySet().forEach(arn -> chosen.put(arn, kafka));
        subjects.keySet().forEach(arn -> chosen.put(arn, nats));
        if (!addresses.isEmpty()) {
            if (webhooks == null) {
                throw new IllegalArgumentException("webhooks have no secret to be signed with");
            }
            var posted = new WebhookSinks(addresses, webhooks);
            addresses.keySet().forEach(arn -> chosen.put(arn, posted));
        }
    }

    @Override
    public Fitness fitness(String streamArn) {
        StreamSinks sinks = sinks(streamArn);
        return sinks == null ? new Fitness.Absent() : sinks.fitness(streamArn);
    }

    @Override
    public void put(String streamArn, String partitionKey, byte[] record) throws DeliveryFailed {
        StreamSinks sinks = sinks(streamArn);
        if (sinks == null) {
            throw DeliveryFailed.transientFailure("no sink is configured for " + streamArn);
        }
        sinks.put(streamArn, partitionKey, record);
    }

    private @Nullable StreamSinks sinks(String streamArn) {
        return chosen.getOrDefault(streamArn, kinesis);
    }

    /// Gives up what is under way in Kafka and NATS. What is under way elsewhere ends with the calls.
    @Override
    public void close() {
        kafka.close();
        nats.close();
    }
}
