package bellframe.outbound;

import static bellframe.outbound.TestOutbound.APP_INSTANCE;
import static bellframe.outbound.TestOutbound.FUNCTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.aws.AwsServer;
import bellframe.outbound.calls.CallLimits;
import bellframe.outbound.calls.TestReceiver;
import bellframe.outbound.apns.ApnsApp;
import bellframe.outbound.fcm.FcmApp;
import bellframe.outbound.kafka.KafkaCluster;
import bellframe.outbound.kafka.KafkaTopic;
import bellframe.outbound.lambda.LambdaServer;
import bellframe.outbound.nats.NatsCluster;
import bellframe.outbound.nats.NatsSubject;
import bellframe.outbound.streams.StreamSink;
import bellframe.outbox.DeliveryFailed;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboundTest {

    private static final String OTHER = FUNCTION + "-too";
    private static final String STREAM = "arn:aws:kinesis:eu-central-1:123456789012:stream/chime-messaging-events";
    private static final String APP = "arn:aws:mobiletargeting:eu-central-1:123456789012:apps/shop";
    private static final String ALIAS = "arn:aws:lex:eu-central-1:123456789012:bot-alias/BOT0000001/ALIAS00001";
    private static final byte[] EVENT = "{}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @AutoClose
    private final LambdaServer lambda = new LambdaServer();

    @AutoClose
    private final TestReceiver webhook = new TestReceiver();

    /// Where the SDK looks first.
    @BeforeEach
    void giveCredentials() {
        System.setProperty("aws.accessKeyId", AwsServer.KEY_ID);
        System.setProperty("aws.secretAccessKey", AwsServer.SECRET);
    }

    @AfterEach
    void takeCredentials() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void aProcessorWithAWebhookIsCalledThereAndOthersAreLambdaFunctions() throws Exception {
        var receivers = TestOutbound.receivers(new AwsEndpoint.At(lambda.url()), Map.of(OTHER, webhook.url("/words")));
        try (Outbound outbound = TestOutbound.outbound(receivers)) {
            outbound.processors().invoke(OTHER, APP_INSTANCE, EVENT);
            outbound.processors().invoke(FUNCTION, APP_INSTANCE, EVENT);
        }
        assertThat(webhook.await().rawPath()).isEqualTo("/words");
        assertThat(lambda.awaitInvocation()).isEqualTo(new LambdaServer.Invocation(FUNCTION, "{}"));
        assertThat(webhook.waiting() + lambda.waiting()).isZero();
    }

    @Test
    void aProcessorThatIsNowhereFailsForGood() throws Exception {
        var receivers = TestOutbound.receivers(null, Map.of(OTHER, webhook.url("/words")));
        try (Outbound outbound = TestOutbound.outbound(receivers)) {
            DeliveryFailed problem = catchThrowableOfType(DeliveryFailed.class,
                    () -> outbound.processors().invoke(FUNCTION, APP_INSTANCE, EVENT));

            assertThat(problem.permanent()).isTrue();
            assertThat(problem.reason()).isEqualTo("no endpoint is configured for " + FUNCTION);
        }
    }

    @Test
    void whoIsConfiguredMayBeCalledAndNobodyElse() {
        var receivers = new Receivers(
                new Receivers.Flows(new AwsEndpoint.Regional(),
                        Map.of(FUNCTION, URI.create("https://Words.example.com/in"))),
                new Receivers.Streams(new AwsEndpoint.Regional(),
                        Map.of(STREAM, new StreamSink.Webhook(URI.create("https://events.example.com")))),
                Map.of(APP, new PushAppConfig(null, new PushAppConfig.Android(
                        new FcmApp(folder, "shop", URI.create("https://tokens.example.com/token"), FcmApp.GOOGLE)))),
                new Receivers.Bots(new AwsEndpoint.At(URI.create("https://lex.example.com")),
                        Map.of(ALIAS, URI.create("https://bot.example.com"))),
                new Receivers.AlertTargets(new AwsEndpoint.At(URI.create("https://bus.example.com:4566")), "default",
                        "aws.chime", URI.create("https://alerts.example.com")),
                null, Set.of("more.example.com"), false, null);

        assertThat(receivers.rules(CallLimits.STANDARD).hosts()).containsExactlyInAnyOrder("lambda.*.amazonaws.com",
                "words.example.com", "kinesis.*.amazonaws.com", "*.data-kinesis.*.amazonaws.com",
                "*.control-kinesis.*.amazonaws.com", "events.example.com", "tokens.example.com",
                "fcm.googleapis.com", "lex.example.com", "bot.example.com", "bus.example.com", "alerts.example.com",
                "more.example.com");
    }

    @Test
    void noClientIsLoadedBeforeSomebodyIsCalled() throws Exception {
        assertThat(LoadedClasses.by(Construction.class, folder))
                .anyMatch(line -> line.contains(Outbound.class.getName() + " "))
                .filteredOn(line -> line.matches(
                        ".*] (software\\.amazon\\.awssdk|org\\.apache\\.(hc|kafka)|io\\.nats|com\\.eatthepath|com\\.google\\.auth)\\..*"))
                .isEmpty();
    }

    /// What a start of the server does, in a process of its own.
    static final class Construction {

        public static void main(String[] args) throws IOException {
            URI address = URI.create("https://localhost/");
            var kafka = new KafkaTopic(new KafkaCluster("localhost:9092", Map.of()), "events");
            var nats = new NatsSubject(new NatsCluster(List.of(URI.create("nats://localhost:4222")), null), "events");
            var apns = new ApnsApp(new ApnsApp.SigningKey(Path.of("key.p8"), "key", "team"), "shop", null, null);
            var fcm = new FcmApp(Path.of("account.json"), "shop", address, FcmApp.GOOGLE);
            var receivers = new Receivers(
                    new Receivers.Flows(new AwsEndpoint.Regional(), Map.of(FUNCTION, address)),
                    new Receivers.Streams(new AwsEndpoint.Regional(),
                            Map.of(STREAM, new StreamSink.Kafka(kafka), STREAM + "-too", new StreamSink.Nats(nats))),
                    Map.of(APP, new PushAppConfig(apns, new PushAppConfig.Android(fcm))),
                    new Receivers.Bots(new AwsEndpoint.Regional(), Map.of(ALIAS, address)),
                    new Receivers.AlertTargets(new AwsEndpoint.Regional(), "default", "bellframe", address),
                    TestOutbound.receivers(null, Map.of()).webhookSecrets(), Set.of(), false, null);
            TestOutbound.outbound(receivers).close();
        }
    }
}
