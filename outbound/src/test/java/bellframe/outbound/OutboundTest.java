package bellframe.outbound;

import static bellframe.outbound.TestOutbound.APP_INSTANCE;
import static bellframe.outbound.TestOutbound.FUNCTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.aws.AwsServer;
import bellframe.outbound.calls.CallLimits;
import bellframe.outbound.calls.TestReceiver;
import bellframe.outbound.lambda.LambdaServer;
import bellframe.outbox.DeliveryFailed;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboundTest {

    private static final String OTHER = FUNCTION + "-too";
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
        var receivers = new Receivers(new AwsEndpoint.Regional(),
                Map.of(FUNCTION, URI.create("https://Words.example.com/in")),
                new AwsEndpoint.At(URI.create("https://bus.example.com:4566")), "default", "aws.chime",
                URI.create("https://alerts.example.com"), null, Set.of("more.example.com"), false, null);

        assertThat(receivers.rules(CallLimits.STANDARD).hosts()).containsExactlyInAnyOrder("lambda.*.amazonaws.com",
                "words.example.com", "bus.example.com", "alerts.example.com", "more.example.com");
    }

    @Test
    void nothingOfTheSdkIsLoadedBeforeSomebodyIsCalled() throws Exception {
        assertThat(LoadedClasses.by(Construction.class, folder))
                .anyMatch(line -> line.contains(Outbound.class.getName() + " "))
                .filteredOn(line -> line.matches(".*] (software\\.amazon\\.awssdk|org\\.apache\\.hc)\\..*"))
                .isEmpty();
    }

    /// What a start of the server does, in a process of its own.
    static final class Construction {

        public static void main(String[] args) throws IOException {
            var receivers = new Receivers(new AwsEndpoint.Regional(),
                    Map.of(FUNCTION, URI.create("https://localhost/")),
                    new AwsEndpoint.Regional(), "default", "bellframe", URI.create("https://localhost"),
                    TestOutbound.receivers(null, Map.of()).webhookSecrets(), Set.of(), false, null);
            TestOutbound.outbound(receivers).close();
        }
    }
}
