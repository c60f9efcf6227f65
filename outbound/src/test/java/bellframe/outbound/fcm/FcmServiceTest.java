package bellframe.outbound.fcm;

import static bellframe.outbound.push.TestNotifications.BODY;
import static bellframe.outbound.push.TestNotifications.CHANNEL;
import static bellframe.outbound.push.TestNotifications.EXPIRES;
import static bellframe.outbound.push.TestNotifications.MESSAGE;
import static bellframe.outbound.push.TestNotifications.TITLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.outbound.LogLines;
import bellframe.outbound.calls.CallLimits;
import bellframe.outbound.calls.CallRules;
import bellframe.outbound.calls.Calls;
import bellframe.outbound.calls.TestReceiver.Reply;
import bellframe.outbound.push.BrokenServers;
import bellframe.outbound.push.TestNotifications;
import bellframe.outbox.DeliveryFailed;
import bellframe.push.DeviceNotification;
import bellframe.push.PushServices.Outcome;
import bellframe.push.UserEndpoint;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FcmServiceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "cHk:APA91-a-device-\"token\"";
    private static final CallLimits PATIENT = new CallLimits(Duration.ofSeconds(10), Duration.ofSeconds(10),
            Duration.ofSeconds(30), 2_000, 16, 64);
    private static final CallLimits LIMITS = new CallLimits(Duration.ofSeconds(1), Duration.ofSeconds(1),
            Duration.ofSeconds(2), 2_000, 16, 64);
    /// What a busy machine may add to a limit.
    private static final Duration SLACK = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @AutoClose
    private final FcmServer server = new FcmServer();

    private final AtomicReference<Instant> now = new AtomicReference<>(EXPIRES.minusSeconds(3_600));

    private Path account;

    @BeforeEach
    void writeAccount() {
        account = server.writeAccount(folder.resolve("account.json"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNotificationArrivesAsADataMessage(boolean voip) throws Exception {
        assertThat(push(TestNotifications.of(UserEndpoint.Type.GCM, TOKEN, voip, TITLE, BODY)))
                .isEqualTo(Outcome.TAKEN);

        assertThat(server.await()).isEqualTo(JSON.readTree("""
                {"message":{"token":%s,
                 "data":{"pinpoint.openApp":"true","pinpoint.notification.title":%s,"pinpoint.notification.body":%s,
                  "pinpoint.campaign.campaign_id":"_DIRECT","pinpoint.notification.silentPush":"0",
                  "pinpoint.jsonBody":%s},
                 "android":{"priority":"HIGH","ttl":"3600s"}}}""".formatted(
                JSON.writeValueAsString(TOKEN), JSON.writeValueAsString(TITLE), JSON.writeValueAsString(BODY),
                JSON.writeValueAsString("{\"chime.message_id\":\"" + MESSAGE + "\",\"chime.channel_arn\":\"" + CHANNEL
                        + "\"}"))));
    }

    @Test
    void whatIsNotThereIsLeftOut() throws Exception {
        push(TestNotifications.of(UserEndpoint.Type.GCM, TOKEN, false, null, null));
        JsonNode data = server.await().at("/message/data");
        assertThat(data.fieldNames()).toIterable()
                .containsExactly("pinpoint.openApp", "pinpoint.campaign.campaign_id",
                        "pinpoint.notification.silentPush", "pinpoint.jsonBody");
    }

    @Test
    void whatHasExpiredIsShownAtOnceOrNever() throws Exception {
        now.set(EXPIRES.plusSeconds(1));
        push(alert());
        assertThat(server.await().at("/message/android/ttl").asText()).isEqualTo("0s");
    }

    @Test
    void aLongBodyIsShortenedBetweenCharacters() throws Exception {
        push(TestNotifications.of(UserEndpoint.Type.GCM, TOKEN, false, TITLE, "x" + "😀".repeat(2_000)));

        JsonNode data = server.await().at("/message/data");
        int bytes = data.properties()
                .stream()
                .mapToInt(entry -> (entry.getKey() + entry.getValue().asText()).getBytes(StandardCharsets.UTF_8).length)
                .sum();
        assertThat(bytes).isBetween(4_093, 4_096);
        assertThat(data.path("pinpoint.notification.body").asText()).matches("x(😀)+…");
    }

    @Test
    void aTokenServesManyMessagesUntilItExpires() throws Exception {
        try (var fcm = new Fcm(PATIENT)) {
            // The library takes the time of the token from the machine's clock.
            now.set(Instant.now());
            fcm.service.push(alert());
            fcm.service.push(alert());
            assertThat(server.tokensGiven()).isOne();
            now.set(Instant.now().plus(Duration.ofHours(1)));
            fcm.service.push(alert());
            assertThat(server.tokensGiven()).isEqualTo(2);
        }
        assertThat(server.waiting()).isEqualTo(3);
        assertThat(server.faults()).isEmpty();
    }

    @Test
    void aTokenThatIsNotKnownAnyMoreIsReplacedOnce() throws Exception {
        try (var fcm = new Fcm(PATIENT)) {
            now.set(Instant.now());
            fcm.service.push(alert());
            server.forgetTokens();
            assertThat(fcm.service.push(alert())).isEqualTo(Outcome.TAKEN);
            assertThat(server.waiting()).isEqualTo(2);

            server.reply(FcmServer.error(401, "UNAUTHENTICATED", "THIRD_PARTY_AUTH_ERROR", Map.of()));
            DeliveryFailed problem = catchThrowableOfType(DeliveryFailed.class, () -> fcm.service.push(alert()));
            assertThat(problem.permanent()).isTrue();
            assertThat(problem.reason()).isEqualTo("FCM answered 401 THIRD_PARTY_AUTH_ERROR");
            assertThat(server.waiting()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @CsvSource({"404, NOT_FOUND, UNREGISTERED", "403, PERMISSION_DENIED, SENDER_ID_MISMATCH"})
    void aDeviceMayBeInvalid(int status, String google, String code) throws Exception {
        server.reply(FcmServer.error(status, google, code, Map.of()));
        assertThat(push(alert())).isEqualTo(Outcome.INVALID_DEVICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            """
                    {"error":{"code":400,"message":"The registration token is not a valid FCM registration token",
                     "status":"INVALID_ARGUMENT","details":[{"errorCode":"INVALID_ARGUMENT"}]}}""",
            """
                    {"error":{"code":400,"message":"Request contains an invalid argument.","status":"INVALID_ARGUMENT",
                     "details":[{"errorCode":"INVALID_ARGUMENT"},
                      {"@type":"type.googleapis.com/google.rpc.BadRequest",
                       "fieldViolations":[{"field":"message.token","description":"Invalid registration token"}]}]}}"""})
    void anArgumentMayBeTheToken(String body) throws Exception {
        server.reply(Reply.of(400, Map.of(), body));
        assertThat(push(alert())).isEqualTo(Outcome.INVALID_DEVICE);
    }

    @ParameterizedTest
    @CsvSource({
            "400, INVALID_ARGUMENT, INVALID_ARGUMENT, 400 INVALID_ARGUMENT, true",
            "403, PERMISSION_DENIED, , 403 PERMISSION_DENIED, true",
            "404, NOT_FOUND, , 404 NOT_FOUND, true",
            "302, what <was> said, , 302, true",
            "429, RESOURCE_EXHAUSTED, QUOTA_EXCEEDED, 429 QUOTA_EXCEEDED, false",
            "500, INTERNAL, INTERNAL, 500 INTERNAL, false",
            "503, UNAVAILABLE, UNAVAILABLE, 503 UNAVAILABLE, false",
            "502, Ä, Ö, 502, false"})
    void otherRefusalsPassOrDoNot(int status, String google, @Nullable String code, String reason, boolean permanent) {
        server.reply(FcmServer.error(status, google, code, Map.of("Location", server.url() + "/elsewhere")));
        DeliveryFailed problem = failure(PATIENT, server.url());
        assertThat(problem.reason()).isEqualTo("FCM answered " + reason);
        assertThat(problem.permanent()).isEqualTo(permanent);
        assertThat(problem.retryAfter()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void fcmMaySayHowLongToWait(int status) {
        server.reply(FcmServer.error(status, "UNAVAILABLE", null, Map.of("Retry-After", "7")));
        assertThat(failure(PATIENT, server.url()).retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @CsvSource({"400, true", "401, true", "403, true", "429, false", "500, false", "503, false"})
    void theTokenServerMayRefuse(int status, boolean permanent) {
        server.tokenReply(Reply.of(status, Map.of("Retry-After", "7", "Content-Type", "application/json"),
                "{\"error\":\"invalid_grant\",\"error_description\":\"said by the test\"}"));
        DeliveryFailed problem = failure(PATIENT, server.url());
        assertThat(problem.reason()).isEqualTo("Google's token server answered " + status);
        assertThat(problem.permanent()).isEqualTo(permanent);
        assertThat(problem.retryAfter()).isEqualTo(permanent ? null : Duration.ofSeconds(7));
        assertThat(server.waiting()).isZero();
    }

    @Test
    void garbageIsNoToken() throws Exception {
        for (String body : new String[]{"<html>said by the test", "{}", "{\"access_token\":7}", ""}) {
            server.tokenReply(Reply.of(200, Map.of("Content-Type", "application/json"), body));
            DeliveryFailed problem = failure(PATIENT, server.url());
            assertThat(problem.reason()).isEqualTo("Google's token server answered something else than a token");
            assertThat(problem.permanent()).isFalse();
        }
        server.tokenReply(null);
        assertThat(push(alert())).isEqualTo(Outcome.TAKEN);
    }

    @Test
    void garbageWithASuccessIsASuccessAndWithAFailureThatFailure() throws Exception {
        server.reply(Reply.endless(200));
        assertThat(push(alert())).isEqualTo(Outcome.TAKEN);
        server.reply(Reply.of(500, Map.of(), "[".repeat(1_000)));
        assertThat(failure(PATIENT, server.url()).reason()).isEqualTo("FCM answered 500");
    }

    @Test
    void silenceAndSlownessEndWithinTheLimit() {
        for (Reply reply : new Reply[]{Reply.never(), Reply.slowly(200)}) {
            server.tokenReply(null);
            server.reply(reply);
            assertThatItEndsInTime();
            server.tokenReply(reply);
            assertThatItEndsInTime();
        }
    }

    private void assertThatItEndsInTime() {
        long before = System.nanoTime();
        DeliveryFailed problem = failure(LIMITS, server.url());
        assertThat(problem.permanent()).isFalse();
        assertThat(problem.reason()).startsWith("localhost took");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(LIMITS.whole().multipliedBy(2).plus(SLACK));
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatIsBrokenMayBePutRight(BrokenServers.Fault fault) {
        try (var broken = new BrokenServers(fault)) {
            assertThat(failure(LIMITS, URI.create("http://localhost:" + broken.port())).permanent()).isFalse();
        }
    }

    @Test
    void aHostThatIsNotAllowedIsNotCalled() throws Exception {
        try (var calls = new Calls(new CallRules(Set.of("example.com"), true, null, PATIENT))) {
            var service = new FcmService(FcmApp.read(account, server.url()), calls, now::get);
            DeliveryFailed problem = catchThrowableOfType(DeliveryFailed.class, () -> service.push(alert()));
            assertThat(problem.permanent()).isTrue();
            assertThat(problem.reason()).isEqualTo("localhost is not among the hosts that may be called");
        }
        assertThat(server.tokensGiven()).isZero();
    }

    @Test
    void aKeyThatIsDamagedFailsForGoodUntilItIsPutRight() throws Exception {
        FcmApp app = FcmApp.read(account, server.url());
        Files.writeString(account, Files.readString(account).replace("BEGIN PRIVATE", "BEGIN NO"));
        try (var fcm = new Fcm(PATIENT, app); var log = new LogLines()) {
            DeliveryFailed problem = catchThrowableOfType(DeliveryFailed.class, () -> fcm.service.push(alert()));
            assertThat(problem.permanent()).isTrue();
            assertThat(problem.reason()).isEqualTo("the service account for FCM cannot be used");
            assertThat(log.lines()).asString().contains("account.json").doesNotContain("PRIVATE", "BEGIN");

            server.writeAccount(account);
            assertThat(fcm.service.push(alert())).isEqualTo(Outcome.TAKEN);
        }
    }

    @Test
    void theFileSaysWhomToCall() throws Exception {
        FcmApp app = FcmApp.read(account, FcmApp.GOOGLE);
        assertThat(app.project()).isEqualTo(FcmServer.PROJECT);
        assertThat(app.hosts()).containsExactlyInAnyOrder("localhost", "fcm.googleapis.com");
        assertThat(app.messages()).hasToString("https://fcm.googleapis.com/v1/projects/project-of-tests/messages:send");
        assertThat(FcmApp.read(account, URI.create("https://example.com/fcm/")).messages())
                .hasToString("https://example.com/fcm/v1/projects/project-of-tests/messages:send");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "[]", "{}",
            "{\"type\":\"authorized_user\",\"project_id\":\"p\",\"token_uri\":\"t\"}",
            "{\"type\":\"service_account\",\"project_id\":\"../p\",\"token_uri\":\"t\"}",
            "{\"type\":\"service_account\",\"project_id\":\"p\",\"token_uri\":\"not a URI\"}"})
    void otherFilesAreRefused(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("other.json"), text);
        assertThatThrownBy(() -> FcmApp.read(file, FcmApp.GOOGLE)).isInstanceOf(IOException.class)
                .hasMessageContaining("other.json");
    }

    @Test
    void nothingPrivateIsLoggedOrTold() throws Exception {
        try (var log = new LogLines()) {
            push(alert());
            server.reply(FcmServer.error(404, "NOT_FOUND", "UNREGISTERED", Map.of()));
            push(alert());
            server.reply(FcmServer.error(403, "PERMISSION_DENIED", null, Map.of()));
            String reason = failure(PATIENT, server.url()).toString();
            server.tokenReply(Reply.of(400, Map.of(), "said by the test"));
            reason += failure(PATIENT, server.url());
            assertThat(log.lines() + reason).doesNotContain("APA91", TITLE, "Körper", "said by", "secret-token",
                    "BEGIN");
        }
    }

    private static DeviceNotification alert() {
        return TestNotifications.alert(UserEndpoint.Type.GCM, TOKEN);
    }

    private Outcome push(DeviceNotification notification) throws IOException, DeliveryFailed {
        try (var fcm = new Fcm(PATIENT)) {
            return fcm.service.push(notification);
        }
    }

    private DeliveryFailed failure(CallLimits limits, URI base) {
        return catchThrowableOfType(DeliveryFailed.class, () -> {
            try (var fcm = new Fcm(limits, FcmApp.read(account, base))) {
                fcm.service.push(alert());
            }
        });
    }

    /// All it takes to send messages.
    private final class Fcm implements AutoCloseable {

        private final Calls calls;
        private final FcmService service;

        Fcm(CallLimits limits) throws IOException {
            this(limits, FcmApp.read(account, server.url()));
        }

        Fcm(CallLimits limits, FcmApp app) throws IOException {
            calls = new Calls(new CallRules(app.hosts(), true, null, limits));
            service = new FcmService(app, calls, now::get);
        }

        @Override
        public void close() {
            service.close();
            calls.close();
        }
    }
}
