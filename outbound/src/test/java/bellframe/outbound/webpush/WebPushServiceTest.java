package bellframe.outbound.webpush;

import static bellframe.outbound.push.TestNotifications.BODY;
import static bellframe.outbound.push.TestNotifications.CHANNEL;
import static bellframe.outbound.push.TestNotifications.EXPIRES;
import static bellframe.outbound.push.TestNotifications.MESSAGE;
import static bellframe.outbound.push.TestNotifications.TITLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.outbound.LogLines;
import bellframe.outbound.calls.CallLimits;
import bellframe.outbound.calls.CallRules;
import bellframe.outbound.calls.Calls;
import bellframe.outbound.calls.HostPatterns;
import bellframe.outbound.calls.TestCertificates;
import bellframe.outbound.calls.TestReceiver;
import bellframe.outbound.calls.TestReceiver.Received;
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
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebPushServiceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern VAPID = Pattern.compile("vapid t=([^.]+)\\.([^.]+)\\.([^.,]+), k=(.+)");
    private static final String SUBJECT = "mailto:operator@example.com";
    private static final Instant NOW = EXPIRES.minusSeconds(3_600);
    private static final CallLimits PATIENT = new CallLimits(Duration.ofSeconds(10), Duration.ofSeconds(10),
            Duration.ofSeconds(30), 2_000, 16, 64);
    private static final CallLimits LIMITS = new CallLimits(Duration.ofSeconds(1), Duration.ofSeconds(1),
            Duration.ofSeconds(2), 2_000, 16, 64);
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    @TempDir
    private Path folder;

    private final SecureRandom random = new SecureRandom();
    private final KeyPair keys = P256.keys(random);
    private final TestCertificates certificates = new TestCertificates();
    private final TestBrowser browser = new TestBrowser();

    @AutoClose
    private final TestReceiver server = new TestReceiver(certificates);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNotificationArrivesSoThatOnlyTheBrowserCanReadIt(boolean voip) throws Exception {
        server.reply(Reply.of(201, Map.of("Location", server.url("/message/1").toString()), ""));
        assertThat(push(TestNotifications.of(UserEndpoint.Type.GCM, subscription(), voip, TITLE, BODY)))
                .isEqualTo(Outcome.TAKEN);

        Received request = server.await();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.rawPath()).isEqualTo("/push/secret");
        assertThat(request.header("content-encoding")).isEqualTo("aes128gcm");
        assertThat(request.header("content-type")).isEqualTo("application/octet-stream");
        assertThat(request.header("ttl")).isEqualTo("3600");
        assertThat(request.header("urgency")).isEqualTo("high");
        assertThat(request.header("topic")).matches("[A-Za-z0-9_-]{32}");
        assertThat(text(request)).isEqualTo(JSON.readTree("""
                {"title":%s,"body":%s,"data":{"chime.message_id":"%s","chime.channel_arn":"%s"}}""".formatted(
                JSON.writeValueAsString(TITLE), JSON.writeValueAsString(BODY), MESSAGE, CHANNEL)));
        assertThatItIsSigned(request.header("authorization"));
    }

    private void assertThatItIsSigned(String authorization) throws IOException, GeneralSecurityException {
        Matcher parts = VAPID.matcher(authorization);
        assertThat(parts.matches()).isTrue();
        Base64.Decoder decoder = Base64.getUrlDecoder();
        assertThat(JSON.readTree(decoder.decode(parts.group(1)))).isEqualTo(JSON.readTree("""
                {"typ":"JWT","alg":"ES256"}"""));
        assertThat(JSON.readTree(decoder.decode(parts.group(2)))).isEqualTo(JSON.readTree("""
                {"aud":"%s","exp":%d,"sub":"%s"}""".formatted(server.url(), NOW.getEpochSecond() + 43_200, SUBJECT)));
        assertThat(parts.group(4)).isEqualTo(URL.encodeToString(P256.bytes((ECPublicKey) keys.getPublic())));
        var check = Signature.getInstance("SHA256withECDSAinP1363Format");
        check.initVerify(keys.getPublic());
        check.update((parts.group(1) + '.' + parts.group(2)).getBytes(StandardCharsets.US_ASCII));
        byte[] signature = decoder.decode(parts.group(3));
        assertThat(signature).hasSize(64);
        assertThat(check.verify(signature)).isTrue();
    }

    @Test
    void whatIsNotThereIsLeftOut() throws Exception {
        push(TestNotifications.of(UserEndpoint.Type.GCM, subscription(), false, null, null));
        assertThat(text(server.await()).fieldNames()).toIterable().containsExactly("data");
    }

    @Test
    void aRepetitionHasTheSameTopic() throws Exception {
        push(alert());
        push(alert());
        assertThat(server.await().header("topic")).isEqualTo(server.await().header("topic"));
    }

    @Test
    void aLongBodyIsShortenedAndAgainForWhoTakesLess() throws Exception {
        server.reply((request, answering) -> answering.send(request.body().length > 1_500 ? 413 : 201, Map.of(), ""));
        var notification = TestNotifications.of(UserEndpoint.Type.GCM, subscription(), false, TITLE,
                "x" + "😀".repeat(2_000));
        assertThat(push(notification)).isEqualTo(Outcome.TAKEN);

        for (int max : new int[]{4_096, 2_103, 1_103}) {
            Received request = server.await();
            assertThat(request.body().length).isBetween(max - 4, max);
            assertThat(text(request).path("body").asText()).matches("x(😀)+…");
        }
        assertThat(server.waiting()).isZero();
    }

    @Test
    void whatIsTooLargeHoweverShortFailsForGood() throws Exception {
        server.reply(Reply.of(413));
        DeliveryFailed problem = failure(PATIENT, alert());
        assertThat(problem.permanent()).isTrue();
        assertThat(problem.reason()).isEqualTo("the push service answered 413");
        assertThat(server.waiting()).as("requests").isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void aBrowserMayBeGone(int status) throws Exception {
        server.reply(Reply.of(status));
        assertThat(push(alert())).isEqualTo(Outcome.INVALID_DEVICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a token of FCM", "{}"})
    void whatIsNoSubscriptionIsAnInvalidDevice(String token) throws Exception {
        assertThat(push(TestNotifications.alert(UserEndpoint.Type.GCM, token))).isEqualTo(Outcome.INVALID_DEVICE);
        assertThat(server.waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://other.example.com/push/secret", "https://127.0.0.1/push/secret",
            "https://localhost.example.com/push/secret"})
    void aBrowserCannotSendTheServerElsewhere(String endpoint) throws Exception {
        DeliveryFailed problem = failure(PATIENT,
                TestNotifications.alert(UserEndpoint.Type.GCM, browser.subscription(endpoint)));
        assertThat(problem.permanent()).isTrue();
        assertThat(problem.reason()).isEqualTo("the browser's endpoint is at none of the push hosts");
        assertThat(server.waiting()).isZero();
    }

    @Test
    void theHostsOfBrowsersAreKnown() {
        var hosts = new HostPatterns(WebPushApp.BROWSER_HOSTS);
        assertThat(Set.of("fcm.googleapis.com", "updates.push.services.mozilla.com", "wns2-par02p.notify.windows.com",
                "web.push.apple.com")).allMatch(hosts::include);
        assertThat(Set.of("googleapis.com", "a.b.notify.windows.com", "notify.windows.com", "example.com"))
                .noneMatch(hosts::include);
    }

    @ParameterizedTest
    @CsvSource({"400, true", "401, true", "403, true", "302, true", "429, false", "500, false", "502, false",
            "503, false", "408, false"})
    void refusalsPassOrDoNot(int status, boolean permanent) throws Exception {
        server.reply(Reply.of(status, Map.of("Location", server.url("/elsewhere").toString()), "said by the test"));
        DeliveryFailed problem = failure(PATIENT, alert());
        assertThat(problem.reason()).isEqualTo("the push service answered " + status);
        assertThat(problem.permanent()).isEqualTo(permanent);
        assertThat(problem.retryAfter()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aPushServiceMaySayHowLongToWait(int status) throws Exception {
        server.reply(Reply.of(status, Map.of("Retry-After", "7"), ""));
        assertThat(failure(PATIENT, alert()).retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void silenceEndsWithinTheLimitAndAnAnswerWithoutEndIsOne() throws Exception {
        server.reply(Reply.never());
        assertThat(failure(LIMITS, alert()).reason()).startsWith("localhost took");
        server.reply(Reply.slowly(201));
        assertThat(failure(LIMITS, alert()).permanent()).isFalse();
        server.reply(Reply.endless(201));
        assertThat(push(alert())).isEqualTo(Outcome.TAKEN);
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatIsBrokenMayBePutRight(BrokenServers.Fault fault) throws Exception {
        try (var broken = new BrokenServers(fault)) {
            String endpoint = "https://localhost:" + broken.port() + "/push/secret";
            DeliveryFailed problem = failure(LIMITS,
                    TestNotifications.alert(UserEndpoint.Type.GCM, browser.subscription(endpoint)));
            assertThat(problem.permanent()).isFalse();
            assertThat(problem.reason()).doesNotContain("secret");
        }
    }

    @Test
    void keysAreReadAsToolsWriteThem() {
        String point = URL.encodeToString(P256.bytes((ECPublicKey) keys.getPublic()));
        String number = number();
        assertThat(VapidKeys.parse(point, number)).isPresent();
        assertThat(VapidKeys.parse(point, number).orElseThrow()).asString().doesNotContain(number);
        String otherPoint = URL.encodeToString(P256.bytes((ECPublicKey) P256.keys(random).getPublic()));
        assertThat(VapidKeys.parse(otherPoint, number)).isEmpty();
        assertThat(VapidKeys.parse(point, "")).isEmpty();
        assertThat(VapidKeys.parse(point, URL.encodeToString(new byte[32]))).isEmpty();
        assertThat(VapidKeys.parse("!", number)).isEmpty();
        assertThat(VapidKeys.parse(point.substring(1), number)).isEmpty();
    }

    @Test
    void nothingPrivateIsLoggedOrTold() throws Exception {
        try (var log = new LogLines()) {
            push(alert());
            server.reply(Reply.of(400, Map.of(), "said by the test"));
            String reason = failure(PATIENT, alert()).toString();
            assertThat(log.lines() + reason).doesNotContain("/secret", TITLE, "Körper", "said by", "p256dh", number());
        }
    }

    private JsonNode text(Received request) throws IOException {
        return JSON.readTree(browser.decrypt(request.body()));
    }

    private String subscription() {
        return browser.subscription(server.url("/push/secret").toString());
    }

    private DeviceNotification alert() {
        return TestNotifications.alert(UserEndpoint.Type.GCM, subscription());
    }

    private Outcome push(DeviceNotification notification) throws IOException, DeliveryFailed {
        return push(PATIENT, notification);
    }

    private DeliveryFailed failure(CallLimits limits, DeviceNotification notification) {
        return catchThrowableOfType(DeliveryFailed.class, () -> push(limits, notification));
    }

    private Outcome push(CallLimits limits, DeviceNotification notification)
            throws IOException, DeliveryFailed {
        Path authority = certificates.writeAuthority(folder.resolve("authority.pem"));
        var hosts = Set.of("localhost", "other.example.com", "127.0.0.1");
        try (var calls = new Calls(new CallRules(hosts, true, authority, limits));
                var service = new WebPushService(app(), calls, () -> NOW, random)) {
            return service.push(notification);
        }
    }

    private WebPushApp app() {
        String point = URL.encodeToString(P256.bytes((ECPublicKey) keys.getPublic()));
        return new WebPushApp(VapidKeys.parse(point, number()).orElseThrow(), SUBJECT,
                new HostPatterns(Set.of("localhost")));
    }

    private String number() {
        BigInteger secret = ((ECPrivateKey) keys.getPrivate()).getS();
        byte[] padded = secret.setBit(256).toByteArray();
        return URL.encodeToString(Arrays.copyOfRange(padded, padded.length - 32, padded.length));
    }
}
