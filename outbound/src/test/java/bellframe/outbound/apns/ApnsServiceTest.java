package bellframe.outbound.apns;

import static bellframe.outbound.apns.ApnsServer.KEY_ID;
import static bellframe.outbound.apns.ApnsServer.TEAM_ID;
import static bellframe.outbound.apns.ApnsServer.TOKEN;
import static bellframe.outbound.apns.ApnsServer.TOPIC;
import static bellframe.outbound.push.TestNotifications.BODY;
import static bellframe.outbound.push.TestNotifications.CHANNEL;
import static bellframe.outbound.push.TestNotifications.EXPIRES;
import static bellframe.outbound.push.TestNotifications.MESSAGE;
import static bellframe.outbound.push.TestNotifications.TITLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.outbound.LogLines;
import bellframe.outbound.apns.ApnsServer.Received;
import bellframe.outbound.calls.TestCertificates;
import bellframe.outbound.push.BrokenServers;
import bellframe.outbound.push.TestNotifications;
import bellframe.outbox.DeliveryFailed;
import bellframe.push.DeviceNotification;
import bellframe.push.PushServices.Outcome;
import bellframe.push.UserEndpoint;
import ch.qos.logback.classic.Level;
import com.eatthepath.pushy.apns.server.RejectionReason;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApnsServiceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofSeconds(1);
    /// What a busy machine may add to a limit.
    private static final Duration SLACK = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final TestCertificates certificates = new TestCertificates();

    @AutoClose
    private final ApnsServer server = new ApnsServer(certificates);

    @ParameterizedTest
    @EnumSource(names = {"APNS", "APNS_SANDBOX"})
    void anAlertArrives(UserEndpoint.Type type) throws Exception {
        assertThat(push(TestNotifications.alert(type, TOKEN))).isEqualTo(Outcome.TAKEN);

        Received received = server.await();
        assertThat(received.header(":path")).isEqualTo("/3/device/" + TOKEN);
        assertThat(received.header(":authority")).startsWith("localhost");
        assertThat(received.header("apns-push-type")).isEqualTo("alert");
        assertThat(received.header("apns-topic")).isEqualTo(TOPIC);
        assertThat(received.header("apns-priority")).isEqualTo("10");
        assertThat(received.header("apns-expiration")).isEqualTo(Long.toString(EXPIRES.getEpochSecond()));
        assertThat(received.header("apns-collapse-id")).isEqualTo(MESSAGE);
        assertThat(JSON.readTree(received.payload())).isEqualTo(JSON.readTree("""
                {"aps":{"alert":{"title":%s,"body":%s},"sound":"default"},
                 "data":{"pinpoint":{"deeplink":null},
                         "jsonBody":{"chime.message_id":"%s","chime.channel_arn":"%s"}}}"""
                .formatted(JSON.writeValueAsString(TITLE), JSON.writeValueAsString(BODY), MESSAGE, CHANNEL)));
    }

    @Test
    void aVoipNotificationGoesUnderTheTopicForThose() throws Exception {
        assertThat(push(TestNotifications.of(UserEndpoint.Type.APNS, TOKEN, true, TITLE, BODY)))
                .isEqualTo(Outcome.TAKEN);

        Received received = server.await();
        assertThat(received.header("apns-push-type")).isEqualTo("voip");
        assertThat(received.header("apns-topic")).isEqualTo(TOPIC + ".voip");
        assertThat(received.header("apns-priority")).isEqualTo("10");
        assertThat(JSON.readTree(received.payload()).at("/data/jsonBody/chime.message_id").asText()).isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @CsvSource({"title, , {\"title\":\"title\"}", ", body, {\"body\":\"body\"}", ", , ''"})
    void whatIsNotThereIsLeftOut(@Nullable String title, @Nullable String body, String alert) throws Exception {
        push(TestNotifications.of(UserEndpoint.Type.APNS, TOKEN, false, title, body));
        assertThat(JSON.readTree(server.await().payload()).at("/aps/alert").toString()).isEqualTo(alert);
    }

    @Test
    void aRepetitionHasTheSameIdAndOthersHaveOthers() throws Exception {
        server.acceptAll();
        push(TestNotifications.alert(UserEndpoint.Type.APNS, TOKEN));
        push(TestNotifications.alert(UserEndpoint.Type.APNS, TOKEN));
        push(TestNotifications.alert(UserEndpoint.Type.APNS, ApnsServer.OTHER_TOKEN));

        String id = server.await().header("apns-id");
        assertThat(id).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(server.await().header("apns-id")).isEqualTo(id);
        assertThat(server.await().header("apns-id")).isNotEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({"false, 4096", "true, 5120"})
    void aLongBodyIsShortenedBetweenCharacters(boolean voip, int max) throws Exception {
        server.acceptAll();
        push(TestNotifications.of(UserEndpoint.Type.APNS, TOKEN, voip, TITLE, "x" + "😀".repeat(2_000)));

        String payload = server.await().payload();
        JsonNode body = JSON.readTree(payload).at("/aps/alert/body");
        assertThat(payload.getBytes(StandardCharsets.UTF_8).length).isBetween(max - 4, max);
        assertThat(body.asText()).matches("x(😀)+…");
    }

    @Test
    void whatIsTooLongWithoutBodyFailsForGood() {
        DeliveryFailed problem = failure(
                TestNotifications.of(UserEndpoint.Type.APNS, TOKEN, false, "t".repeat(5_000), BODY));
        assertThat(problem.permanent()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREGISTERED", "BAD_DEVICE_TOKEN", "DEVICE_TOKEN_NOT_FOR_TOPIC"})
    void aDeviceMayBeInvalid(RejectionReason reason) throws Exception {
        server.reject(reason);
        assertThat(push(TestNotifications.alert(UserEndpoint.Type.APNS, TOKEN))).isEqualTo(Outcome.INVALID_DEVICE);
    }

    @Test
    void theServerKnowsWhichDevicesAreInvalid() throws Exception {
        assertThat(push(TestNotifications.alert(UserEndpoint.Type.APNS, ApnsServer.OTHER_TOKEN)))
                .isEqualTo(Outcome.INVALID_DEVICE);
        assertThat(push(TestNotifications.alert(UserEndpoint.Type.APNS, ApnsServer.GONE_TOKEN)))
                .isEqualTo(Outcome.INVALID_DEVICE);
    }

    @ParameterizedTest
    @CsvSource({
            "EXPIRED_PROVIDER_TOKEN, 403 ExpiredProviderToken, true",
            "INVALID_PROVIDER_TOKEN, 403 InvalidProviderToken, true",
            "FORBIDDEN, 403 Forbidden, true",
            "BAD_CERTIFICATE, 403 BadCertificate, true",
            "TOPIC_DISALLOWED, 400 TopicDisallowed, true",
            "BAD_TOPIC, 400 BadTopic, true",
            "PAYLOAD_TOO_LARGE, 413 PayloadTooLarge, true",
            "TOO_MANY_REQUESTS, 429 TooManyRequests, false",
            "TOO_MANY_PROVIDER_TOKEN_UPDATES, 429 TooManyProviderTokenUpdates, false",
            "INTERNAL_SERVER_ERROR, 500 InternalServerError, false",
            "SERVICE_UNAVAILABLE, 503 ServiceUnavailable, false",
            "SHUTDOWN, 503 Shutdown, false"})
    void otherRefusalsPassOrDoNot(RejectionReason rejection, String reason, boolean permanent) {
        server.reject(rejection);
        DeliveryFailed problem = failure(TestNotifications.alert(UserEndpoint.Type.APNS, TOKEN));
        assertThat(problem.reason()).isEqualTo("APNs answered " + reason);
        assertThat(problem.permanent()).isEqualTo(permanent);
    }

    @Test
    void aKeyThatIsNotKnownIsRefusedForGood() {
        var key = new ApnsApp.SigningKey(server.writeKey(folder.resolve("key.p8")), "OTHERKEYID", TEAM_ID);
        DeliveryFailed problem = failure(app(key), TestNotifications.alert(UserEndpoint.Type.APNS, TOKEN));
        assertThat(problem.permanent()).isTrue();
        assertThat(problem.reason()).isEqualTo("APNs answered 403 InvalidProviderToken");
    }

    @Test
    void aKeyFileThatIsDamagedFailsForGoodUntilItIsPutRight() throws Exception {
        Path file = Files.writeString(folder.resolve("key.p8"), "no key");
        try (var service = new ApnsService(app(new ApnsApp.SigningKey(file, KEY_ID, TEAM_ID)), PATIENT)) {
            DeliveryFailed problem = catchThrowableOfType(DeliveryFailed.class,
                    () -> service.push(TestNotifications.alert(UserEndpoint.Type.APNS, TOKEN)));
            assertThat(problem.permanent()).isTrue();
            assertThat(problem.reason()).isEqualTo("the files for APNs of " + TOPIC + " cannot be used");

            server.writeKey(file);
            assertThat(service.push(TestNotifications.alert(UserEndpoint.Type.APNS, TOKEN))).isEqualTo(Outcome.TAKEN);
        }
    }

    @Test
    void aCertificateIsAnotherWayToBeKnown() throws Exception {
        var client = new ClientCertificate(TOPIC);
        Path store = client.write(folder.resolve("client.p12"), "a password of a test");
        try (var secured = new ApnsServer(certificates, client.certificate())) {
            var app = new ApnsApp(new ApnsApp.Certificate(store, "a password of a test"), TOPIC, secured.address(),
                    authority());
            assertThat(app).asString().doesNotContain("a password");
            try (var service = new ApnsService(app, PATIENT)) {
                assertThat(service.push(TestNotifications.alert(UserEndpoint.Type.APNS, TOKEN)))
                        .isEqualTo(Outcome.TAKEN);
            }
            assertThat(secured.await().headers()).doesNotContainKey("authorization");

            var wrong = new ApnsApp(new ApnsApp.Certificate(store, "another"), TOPIC, secured.address(), authority());
            assertThat(failure(wrong, TestNotifications.alert(UserEndpoint.Type.APNS, TOKEN)).permanent()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zz", "abc", "../ab", "ab\r\nab", "ab?ab", "ab ab"})
    void whatIsNoTokenIsNotSent(String token) throws Exception {
        assertThat(push(TestNotifications.alert(UserEndpoint.Type.APNS, token))).isEqualTo(Outcome.INVALID_DEVICE);
        assertThat(server.waiting()).isZero();
    }

    @Test
    void aConnectionThatWasLostIsMadeAgain() throws Exception {
        try (var service = new ApnsService(app(), PATIENT)) {
            service.push(TestNotifications.alert(UserEndpoint.Type.APNS, TOKEN));
            server.restart();
            assertThat(eventually(service)).isEqualTo(Outcome.TAKEN);
        }
    }

    /// The client may learn that the connection is lost only when it uses it.
    private static Outcome eventually(ApnsService service) throws DeliveryFailed {
        DeliveryFailed problem = DeliveryFailed.transientFailure("never tried");
        for (int i = 0; i < 5; i++) {
            try {
                return service.push(TestNotifications.alert(UserEndpoint.Type.APNS, TOKEN));
            } catch (DeliveryFailed failed) {
                assertThat(failed.permanent()).isFalse();
                problem = failed;
            }
        }
        throw problem;
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatIsBrokenMayBePutRight(BrokenServers.Fault fault) {
        try (var broken = new BrokenServers(fault)) {
            var app = new ApnsApp(key(), TOPIC, new ApnsApp.Server("localhost", broken.port()), authority());
            long before = System.nanoTime();
            DeliveryFailed problem = failure(app, LIMIT, TestNotifications.alert(UserEndpoint.Type.APNS, TOKEN));

            assertThat(problem.permanent()).isFalse();
            assertThat(problem.reason()).contains("APNs");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(LIMIT.plus(SLACK));
        }
    }

    @Test
    void whoIsNotTrustedGetsNothing() {
        var app = new ApnsApp(key(), TOPIC, server.address(),
                new TestCertificates().writeAuthority(folder.resolve("other.pem")));
        DeliveryFailed problem = failure(app, TestNotifications.alert(UserEndpoint.Type.APNS, TOKEN));
        assertThat(problem.reason()).isEqualTo("TLS with APNs failed");
        assertThat(server.waiting()).isZero();
    }

    @Test
    void nothingPrivateIsLoggedOrTold() throws Exception {
        try (var log = new LogLines(Level.DEBUG)) {
            push(TestNotifications.alert(UserEndpoint.Type.APNS, TOKEN));
            server.reject(RejectionReason.TOPIC_DISALLOWED);
            String reason = failure(TestNotifications.alert(UserEndpoint.Type.APNS, TOKEN)).toString();
            server.reject(RejectionReason.UNREGISTERED);
            push(TestNotifications.alert(UserEndpoint.Type.APNS, TOKEN));
            assertThat(log.lines()).isNotEmpty();
            assertThat(log.lines() + reason).doesNotContain(TOKEN, TITLE, "Körper", "BEGIN PRIVATE");
        }
    }

    @Test
    void closingIsQuickAndFinal() throws Exception {
        var service = new ApnsService(app(), PATIENT);
        service.push(TestNotifications.alert(UserEndpoint.Type.APNS, TOKEN));
        long before = System.nanoTime();
        service.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
        assertThat(catchThrowableOfType(DeliveryFailed.class,
                () -> service.push(TestNotifications.alert(UserEndpoint.Type.APNS_SANDBOX, TOKEN))).permanent())
                .isFalse();
        assertThat(catchThrowableOfType(DeliveryFailed.class,
                () -> service.push(TestNotifications.alert(UserEndpoint.Type.APNS, TOKEN))).permanent()).isFalse();
    }

    private Outcome push(DeviceNotification notification) throws DeliveryFailed {
        try (var service = new ApnsService(app(), PATIENT)) {
            return service.push(notification);
        }
    }

    private DeliveryFailed failure(DeviceNotification notification) {
        return failure(app(), notification);
    }

    private static DeliveryFailed failure(ApnsApp app, DeviceNotification notification) {
        return failure(app, PATIENT, notification);
    }

    private static DeliveryFailed failure(ApnsApp app, Duration limit, DeviceNotification notification) {
        try (var service = new ApnsService(app, limit)) {
            return catchThrowableOfType(DeliveryFailed.class, () -> service.push(notification));
        }
    }

    private ApnsApp app() {
        return app(key());
    }

    private ApnsApp app(ApnsApp.Credentials credentials) {
        return new ApnsApp(credentials, TOPIC, server.address(), authority());
    }

    private ApnsApp.Credentials key() {
        return new ApnsApp.SigningKey(server.writeKey(folder.resolve("key.p8")), KEY_ID, TEAM_ID);
    }

    private Path authority() {
        return certificates.writeAuthority(folder.resolve("authority.pem"));
    }
}
