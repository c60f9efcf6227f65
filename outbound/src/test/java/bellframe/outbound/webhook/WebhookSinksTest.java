package bellframe.outbound.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.outbound.calls.CallLimits;
import bellframe.outbound.calls.CallRules;
import bellframe.outbound.calls.Calls;
import bellframe.outbound.calls.TestReceiver;
import bellframe.outbound.calls.TestReceiver.Received;
import bellframe.outbound.calls.TestReceiver.Reply;
import bellframe.outbox.DeliveryFailed;
import bellframe.streaming.StreamSinks.Fitness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSinksTest {

    private static final String STREAM = "arn:aws:kinesis:eu-central-1:123456789012:stream/chime-messaging-a";
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String RECORD = "{\"EventType\":\"CREATE_CHANNEL\",\"Payload\":{\"Name\":\"\u00e4\"}}";
    private static final CallLimits LIMITS = new CallLimits(Duration.ofSeconds(10), Duration.ofSeconds(10),
            Duration.ofSeconds(20), 1_000, 16, 64);

    @AutoClose
    private final TestReceiver receiver = new TestReceiver();

    @Test
    void aRecordIsPostedAsItIsAndSigned() throws Exception {
        try (var calls = calls("localhost")) {
            put(calls, STREAM);
        }
        Received request = receiver.await();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.rawPath()).isEqualTo("/events");
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.text()).isEqualTo(RECORD);
        assertThat(WebhookCheck.isSigned(request, SECRET)).isTrue();
        assertThat(receiver.waiting()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"301, false", "400, false", "401, false", "404, false", "410, false", "413, true", "422, false",
            "429, false", "500, false", "503, false"})
    void onlyARecordThatIsTooLargeFailsForGood(int status, boolean permanent) throws Exception {
        receiver.reply(Reply.of(status, Map.of("Retry-After", "7"), "some content"));
        DeliveryFailed failure = failure("localhost", STREAM);
        assertThat(failure.permanent()).isEqualTo(permanent);
        assertThat(failure.reason()).isEqualTo(permanent
                ? "the record is too large for the webhook"
                : "the webhook answered " + status);
        assertThat(failure.retryAfter()).isEqualTo(status == 429 || status == 503 ? Duration.ofSeconds(7) : null);
    }

    @Test
    void whoMayNotBeCalledMayBeLater() throws Exception {
        assertThat(failure("elsewhere.example.com", STREAM).permanent()).isFalse();
        assertThat(receiver.waiting()).isZero();
    }

    @Test
    void whoIsConfiguredIsFit() throws Exception {
        try (var calls = calls("localhost")) {
            assertThat(sinks(calls).fitness(STREAM)).isEqualTo(new Fitness.Fit());
            assertThat(sinks(calls).fitness(STREAM + "b")).isEqualTo(new Fitness.Absent());
        }
        assertThat(failure("localhost", STREAM + "b").permanent()).isFalse();
    }

    private DeliveryFailed failure(String host, String stream) throws IOException {
        try (var calls = calls(host)) {
            return catchThrowableOfType(DeliveryFailed.class, () -> put(calls, stream));
        }
    }

    private void put(Calls calls, String stream) throws DeliveryFailed {
        sinks(calls).put(stream, "key", RECORD.getBytes(StandardCharsets.UTF_8));
    }

    private WebhookSinks sinks(Calls calls) {
        return new WebhookSinks(Map.of(STREAM, receiver.url("/events")),
                new Webhooks(calls, WebhookSecrets.parse(SECRET).orElseThrow(), InstantSource.system()));
    }

    private static Calls calls(String host) throws IOException {
        return new Calls(new CallRules(Set.of(host), true, null, LIMITS));
    }
}
