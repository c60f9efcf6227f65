package bellframe.server.config;

import bellframe.outbound.Receivers;
import bellframe.outbound.kafka.KafkaCluster;
import bellframe.outbound.kafka.KafkaTopic;
import bellframe.outbound.nats.NatsCluster;
import bellframe.outbound.nats.NatsSubject;
import bellframe.outbound.streams.StreamSink;
import bellframe.streaming.StreamArn;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where events are streamed to. [Setting] says what each component means.
///
/// @param sinks a URL, or what follows `kafka:` or `nats:`, by the ARN of a stream of Kinesis
public record StreamConfig(
        @Nullable String kinesisEndpoint,
        Map<String, String> sinks,
        @Nullable Path kafkaPropertiesFile,
        @Nullable Secret natsServers,
        @Nullable Path natsCredentialsFile) {

    private static final String KAFKA = "kafka:";
    private static final String NATS = "nats:";
    private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*");
    private static final Set<String> NATS_SCHEMES = Set.of("nats", "tls");

    public StreamConfig {
        sinks = ReceiverUrls.inOrder(sinks);
        sinks.keySet().forEach(arn -> Setting.STREAM_SINKS.require(StreamArn.isIn(arn), arn));
        requireGivenIf(KAFKA, sinks, kafkaPropertiesFile, Setting.KAFKA_PROPERTIES_FILE);
        requireGivenIf(NATS, sinks, natsServers, Setting.NATS_SERVERS);
        if (natsServers != null) {
            Setting.NATS_SERVERS.require(servers(natsServers).stream().allMatch(StreamConfig::isServer), natsServers);
        }
    }

    private static void requireGivenIf(String prefix, Map<String, String> sinks, @Nullable Object needed,
            Setting setting) {
        if (needed == null && sinks.values().stream().anyMatch(sink -> sink.startsWith(prefix))) {
            throw new InvalidConfig(
                    "streamSinks has one that begins with " + prefix + ": set " + setting.key() + " too");
        }
    }

    private static List<String> servers(Secret natsServers) {
        return Arrays.asList(natsServers.value().split(" "));
    }

    private static boolean isServer(String text) {
        try {
            var server = new URI(text);
            return server.getHost() != null && NATS_SCHEMES.contains(server.getScheme());
        } catch (URISyntaxException _) {
            return false;
        }
    }

    /// Whether nothing is streamed.
    public boolean isEmpty() {
        return kinesisEndpoint == null && sinks.isEmpty();
    }

    boolean hasWebhooks() {
        return sinks.values().stream().anyMatch(sink -> !sink.startsWith(KAFKA) && !sink.startsWith(NATS));
    }

    void require(ReceiverUrls urls) {
        urls.requireEndpoint(Setting.KINESIS_ENDPOINT, kinesisEndpoint);
        for (String sink : sinks.values()) {
            if (sink.startsWith(KAFKA)) {
                Setting.STREAM_SINKS.require(TOPIC.matcher(sink.substring(KAFKA.length())).matches(), sink);
            } else if (sink.startsWith(NATS)) {
                Setting.STREAM_SINKS.require(SUBJECT.matcher(sink.substring(NATS.length())).matches(), sink);
            } else {
                urls.require(Setting.STREAM_SINKS, sink);
            }
        }
    }

    /// @throws InvalidConfig if the file with Kafka's properties cannot be read
    Receivers.Streams receivers() {
        var cluster = kafkaPropertiesFile == null ? null : kafka(kafkaPropertiesFile);
        var servers = natsServers == null
                ? null
                : new NatsCluster(servers(natsServers).stream().map(URI::create).toList(), natsCredentialsFile);
        var streams = new HashMap<String, StreamSink>();
        sinks.forEach((arn, sink) -> {
            if (cluster != null && sink.startsWith(KAFKA)) {
                streams.put(arn, new StreamSink.Kafka(new KafkaTopic(cluster, sink.substring(KAFKA.length()))));
            } else if (servers != null && sink.startsWith(NATS)) {
                streams.put(arn, new StreamSink.Nats(new NatsSubject(servers, sink.substring(NATS.length()))));
            } else {
                streams.put(arn, new StreamSink.Webhook(URI.create(sink)));
            }
        });
        return new Receivers.Streams(ReceiverUrls.endpoint(kinesisEndpoint), streams);
    }

    private static KafkaCluster kafka(Path file) {
        Map<String, String> properties;
        try {
            properties = PropertiesText.read(file);
        } catch (IOException problem) {
            throw Setting.KAFKA_PROPERTIES_FILE.unreadable(file, problem);
        }
        String servers = properties.get(BOOTSTRAP_SERVERS);
        if (servers == null) {
            throw new InvalidConfig(Setting.KAFKA_PROPERTIES_FILE.key() + " is " + file + ", which has no "
                    + BOOTSTRAP_SERVERS);
        }
        return new KafkaCluster(servers, properties);
    }
}
