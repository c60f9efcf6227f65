package bellframe.server;

import bellframe.outbound.aws.AwsServer;
import bellframe.outbound.lambda.LambdaServer;
import bellframe.outbound.nats.NatsServer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.ArrayList;

/// A real server with a stream of each kind in real programs; kinds whose program this machine lacks are absent.
final class StreamedServer implements AutoCloseable {

    /// What a stream may be.
    enum Kind {
        WEBHOOK("chime-messaging-posted"),
        NATS("chime-messaging-in-nats"),
        KINESIS(KinesisStream.NAME),
        /// Last, for it is the slowest to come back.
        KAFKA("chime-messaging-in-kafka");

        private final String stream;

        Kind(String stream) {
            this.stream = stream;
        }

        String arn() {
            return KinesisStream.arn(stream);
        }

        /// Skips the test where its program is missing, or lets it fail under `-Dclients.required=true`.
        void require(String test) {
            switch (this) {
                case KINESIS -> KinesisStream.require(test);
                case NATS -> NatsServer.require(test);
                case KAFKA, WEBHOOK -> {
                    // They are part of the tests.
                }
            }
        }
    }

    static final String FORBIDDEN = KinesisStream.arn("chime-messaging-forbidden");

    private final Map<Kind, StreamReceiver> receivers = new EnumMap<>(Kind.class);
    private final LambdaServer lambda = new LambdaServer();
    private final RunningServer server;

    StreamedServer(Path folder, long seed) {
        var kafka = new KafkaStream(folder);
        var nats = new NatsStream(folder);
        var kinesis = new KinesisStream();
        var webhook = new WebhookStream(seed);
        receivers.put(Kind.KAFKA, kafka);
        receivers.put(Kind.WEBHOOK, webhook);
        if (NatsServer.isInstalled()) {
            receivers.put(Kind.NATS, nats);
        }
        if (KinesisStream.isInstalled()) {
            receivers.put(Kind.KINESIS, kinesis);
        }
        server = new RunningServer().with("BELLFRAME_LOG_LEVEL", "info")
                .with("BELLFRAME_ACCOUNT", "000000000000")
                .with("BELLFRAME_KINESIS_ENDPOINT", kinesis.url().toString())
                .with("BELLFRAME_STREAM_SINKS", String.join(",",
                        Kind.KAFKA.arn() + "=kafka:" + KafkaStream.TOPIC,
                        FORBIDDEN + "=kafka:" + KafkaStream.FORBIDDEN_TOPIC,
                        Kind.NATS.arn() + "=nats:" + NatsStream.SUBJECT,
                        Kind.WEBHOOK.arn() + "=" + webhook.url()))
                .with("BELLFRAME_KAFKA_PROPERTIES_FILE", kafka.properties().toString())
                .with("BELLFRAME_NATS_SERVERS", nats.url())
                .with("BELLFRAME_WEBHOOK_SECRET", WebhookStream.SECRET)
                .with("BELLFRAME_LAMBDA_ENDPOINT", lambda.url().toString())
                .with("BELLFRAME_OUTBOUND_PRIVATE_ADDRESSES", "true")
                .with("AWS_ACCESS_KEY_ID", AwsServer.KEY_ID)
                .with("AWS_SECRET_ACCESS_KEY", AwsServer.SECRET);
    }

    /// Starts everything at once.
    void start() throws Exception {
        var starting = new ArrayList<Future<?>>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (StreamReceiver receiver : receivers.values()) {
                starting.add(threads.submit(() -> {
                    receiver.start();
                    return null;
                }));
            }
            server.start();
        }
        for (Future<?> start : starting) {
            start.get();
        }
    }

    RunningServer server() {
        return server;
    }

    LambdaServer lambda() {
        return lambda;
    }

    /// Those that this machine has.
    Map<Kind, StreamReceiver> receivers() {
        return receivers;
    }

    StreamReceiver receiver(Kind kind) {
        return Objects.requireNonNull(receivers.get(kind));
    }

    @Override
    public void close() {
        server.close();
        receivers.values().forEach(StreamReceiver::close);
        lambda.close();
    }
}
