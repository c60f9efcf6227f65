package bellframe.outbound.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.names.Account;
import bellframe.names.AppInstanceArn;
import bellframe.outbound.calls.CallLimits;
import bellframe.outbound.calls.CallRules;
import bellframe.outbound.calls.Calls;
import bellframe.outbound.calls.TestCertificates;
import bellframe.outbound.calls.TestReceiver;
import bellframe.outbound.calls.TestReceiver.Received;
import bellframe.outbound.calls.TestReceiver.Reply;
import bellframe.outbox.DeliveryFailed;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookProcessorsTest {

    private static final String FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:words";
    private static final AppInstanceArn APP_INSTANCE = new AppInstanceArn(new Account("123456789012", "eu-central-1"),
            "app");
    private static final String EVENT = "{\"Content\":\"gr\u00fc\u00dfe\"}";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.750Z");
    private static final String OLD = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String NEW = "whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo=";
    private static final CallLimits LIMITS = new CallLimits(Duration.ofSeconds(10), Duration.ofSeconds(10),
            Duration.ofSeconds(20), 1_000, 16, 64);

    @TempDir
    private Path folder;

    private final TestCertificates certificates = new TestCertificates();

    @AutoClose
    private final TestReceiver receiver = new TestReceiver(certificates);

    @Test
    void theEventIsPostedAndSigned() throws Exception {
        post(OLD, EVENT);

        Received request = receiver.await();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.rawPath()).isEqualTo("/words");
        assertThat(request.text()).isEqualTo(EVENT);
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.header("webhook-timestamp")).isEqualTo("1772366400");
        assertThat(WebhookCheck.isSigned(request, OLD)).isTrue();
        assertThat(WebhookCheck.isSigned(request, NEW)).isFalse();
    }

    @Test
    void anEventThatComesAgainHasTheSameIdAndOthersHaveOthers() throws Exception {
        post(OLD, EVENT);
        post(NEW, EVENT);
        post(OLD, EVENT + " ");

        String id = receiver.await().header("webhook-id");
        assertThat(id).matches("msg_[0-9a-f]{32}");
        assertThat(receiver.await().header("webhook-id")).isEqualTo(id);
        assertThat(receiver.await().header("webhook-id")).isNotEqualTo(id);
    }

    @Test
    void whileASecretIsReplacedBothSign() throws Exception {
        post(NEW + " " + OLD, EVENT);

        Received request = receiver.await();
        assertThat(WebhookCheck.isSigned(request, OLD)).isTrue();
        assertThat(WebhookCheck.isSigned(request, NEW)).isTrue();
    }

    /// The example of the specification.
    @Test
    void theSignatureIsTheOneOfTheSpecification() {
        byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
        var secrets = WebhookSecrets.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").orElseThrow();

        var headers = WebhookSignature.headers(secrets, "msg_p5jXN8AQM9LWM0D4loKWxJek", body,
                Instant.ofEpochSecond(1614265330));

        assertThat(headers.get("webhook-signature")).containsExactly("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void anySuccessIsOne(int status) throws Exception {
        receiver.reply(Reply.of(status));
        post(OLD, EVENT);
    }

    @ParameterizedTest
    @CsvSource({"408, false", "500, false", "502, false", "504, false", "429, false", "503, false",
            "301, true", "302, true", "307, true", "308, true", "400, true", "401, true", "403, true", "404, true",
            "409, true", "410, true", "413, true", "422, true"})
    void statusesPassOrDoNot(int status, boolean permanent) throws Exception {
        receiver.reply(Reply.of(status, Map.of("Location", receiver.url("/elsewhere").toString()), "some content"));

        DeliveryFailed problem = failure(receiver.url("/words"));

        assertThat(problem.reason()).isEqualTo("the webhook answered " + status);
        assertThat(problem.permanent()).isEqualTo(permanent);
        assertThat(problem.retryAfter()).isNull();
        assertThat(receiver.waiting()).as("requests").isOne();
    }

    @ParameterizedTest
    @CsvSource({"429, 7, 7", "503, 7, 7", "503, 'Sun, 01 Mar 2026 12:01:00 GMT', 59", "429, 86400, 3600"})
    void aReceiverMaySayHowLongToWait(int status, String header, long seconds) throws Exception {
        receiver.reply(Reply.of(status, Map.of("Retry-After", header), ""));

        DeliveryFailed problem = failure(receiver.url("/words"));

        assertThat(problem.permanent()).isFalse();
        assertThat(problem.retryAfter()).isNotNull().satisfies(wait -> assertThat(wait.toSeconds()).isEqualTo(seconds));
    }

    @Test
    void aWrongCertificateIsForGood() throws Exception {
        DeliveryFailed problem = failure(receiver.url("/words"), null, true);
        assertThat(problem.permanent()).isTrue();
        assertThat(problem.reason()).isEqualTo("the certificate of localhost is not trusted");
    }

    @Test
    void aPrivateAddressIsRefusedUnlessConfigured() throws Exception {
        DeliveryFailed problem = failure(receiver.url("/words"), authority(), false);
        assertThat(problem.permanent()).isTrue();
        assertThat(receiver.waiting()).isZero();
        post(OLD, EVENT);
    }

    @Test
    void aProcessorWithoutAddressFailsForGood() throws Exception {
        try (var calls = calls(null, true)) {
            var processors = new WebhookProcessors(Map.of(), webhooks(calls, OLD));
            assertThat(catchThrowableOfType(DeliveryFailed.class,
                    () -> processors.invoke(FUNCTION, APP_INSTANCE, new byte[0])).permanent()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW, OLD + " " + NEW})
    void secretsOfTheSpecificationAreTaken(String text) {
        assertThat(WebhookSecrets.parse(text)).isPresent();
        assertThat(WebhookSecrets.parse(text).orElseThrow()).asString().doesNotContain("MDEy", "YWJj");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "secret", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", OLD + " ",
            OLD + "  " + NEW, OLD + " " + NEW + " " + OLD, "whsec_c2hvcnQ=", "whsec_!!!!", OLD + "\n"})
    void otherSecretsAreNot(String text) {
        assertThat(WebhookSecrets.parse(text)).isEmpty();
    }

    private void post(String secret, String event) throws IOException, DeliveryFailed {
        try (var calls = calls(authority(), true)) {
            invoke(calls, secret, receiver.url("/words"), event);
        }
    }

    private DeliveryFailed failure(URI address) throws IOException {
        return failure(address, authority(), true);
    }

    private static DeliveryFailed failure(URI address, @Nullable Path authority, boolean privateAddresses)
            throws IOException {
        try (var calls = calls(authority, privateAddresses)) {
            return catchThrowableOfType(DeliveryFailed.class, () -> invoke(calls, OLD, address, EVENT));
        }
    }

    private static void invoke(Calls calls, String secret, URI address, String event) throws DeliveryFailed {
        new WebhookProcessors(Map.of(FUNCTION, address), webhooks(calls, secret))
                .invoke(FUNCTION, APP_INSTANCE, event.getBytes(StandardCharsets.UTF_8));
    }

    private static Webhooks webhooks(Calls calls, String secret) {
        return new Webhooks(calls, WebhookSecrets.parse(secret).orElseThrow(), () -> NOW);
    }

    private static Calls calls(@Nullable Path authority, boolean privateAddresses) throws IOException {
        return new Calls(new CallRules(Set.of("localhost"), privateAddresses, authority, LIMITS));
    }

    private Path authority() {
        return certificates.writeAuthority(folder.resolve("authority.pem"));
    }
}
