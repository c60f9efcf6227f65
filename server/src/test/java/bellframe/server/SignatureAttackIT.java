package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.server.AttackClient.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that are signed wrongly, by the wrong one, for something else, or not at all.
@Timeout(120)
class SignatureAttackIT {

    @RegisterExtension
    static final AttackedServer server = new AttackedServer();

    private static final String MISSING = "MissingAuthenticationTokenException";
    private static final String INCOMPLETE = "IncompleteSignatureException";
    private static final String UNRECOGNIZED = "UnrecognizedClientException";
    private static final String INVALID = "InvalidSignatureException";
    private static final String DOES_NOT_MATCH = "The request signature we calculated does not match";

    private final AttackSigner signer = server.signer();
    private final AttackRequest list = server.listChannels();

    private static Answer send(AttackRequest request) {
        return send(Scheme.PLAIN, request);
    }

    private static Answer send(Scheme scheme, AttackRequest request) {
        try (var client = server.connect(scheme)) {
            return client.send(request).read();
        }
    }

    private static void assertRefused(AttackRequest request, String type, String message) {
        assertThat(send(request).requireError(403, type).requireMessage(message).json().has("Code")).isFalse();
    }

    private static void assertTaken(AttackRequest request) {
        assertThat(send(request).status()).isEqualTo(200);
    }

    private static AttackRequest edited(AttackRequest signed, String part, String other) {
        String authorization = signed.header("Authorization");
        assertThat(authorization).contains(part);
        return signed.replace("Authorization", authorization.replace(part, other));
    }

    @ParameterizedTest
    @EnumSource
    void goodSignaturesAreTakenInBothForms(Scheme scheme) {
        assertThat(send(scheme, signer.sign(list)).status()).isEqualTo(200);
        assertThat(send(scheme, signer.presign(list, "60")).status()).isEqualTo(200);
        assertThat(send(scheme, signer.presign(list, "604800")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void anUnsignedRequestIsRefused(Scheme scheme) {
        send(scheme, list).requireError(403, MISSING);
        send(scheme, list.withTarget("/channels?X-Amz-Expires=10")).requireError(403, MISSING);
    }

    @ParameterizedTest
    @EnumSource
    void aWrongSecretIsRefused(Scheme scheme) {
        var forger = signer.withSecret("0".repeat(40));
        send(scheme, forger.sign(list)).requireError(403, INVALID).requireMessage(DOES_NOT_MATCH);
        send(scheme, forger.presign(list, "60")).requireError(403, INVALID).requireMessage(DOES_NOT_MATCH);
    }

    @Test
    void anUnknownKeyIsRefusedAndNotRepeated() {
        Answer answer = send(signer.withKeyId("AKIDSTRANGER").sign(list)).requireError(403, UNRECOGNIZED);
        assertThat(answer.body()).doesNotContain("AKIDSTRANGER");
        assertRefused(signer.sign(list.with("x-amz-security-token", "token")), UNRECOGNIZED, "security token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic YTpi", "Bearer x", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512 Credential=a",
            "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request", "AWS4-HMAC-SHA256 ,,,=,=,"})
    void anotherAuthorizationIsRefused(String authorization) {
        send(signer.sign(list).replace("Authorization", authorization)).requireError(403, INCOMPLETE);
    }

    @Test
    void twoSignaturesAreNoSignature() {
        var signed = signer.sign(list);
        assertRefused(signed.with("Authorization", signed.header("Authorization")), INCOMPLETE, "exactly once");
        assertRefused(edited(signed, ", Signature=", ", Signature=0, Signature="), INCOMPLETE, "only once");
        var both = signer.presign(list, "60")
                .with("X-Amz-Date", signed.header("X-Amz-Date"))
                .with("Authorization", signed.header("Authorization"));
        assertRefused(both, INCOMPLETE, "not both");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Credential=", "SignedHeaders=", "Signature="})
    void aPartThatIsMissingIsNamed(String part) {
        assertRefused(edited(signer.sign(list), part, "Other="), INCOMPLETE, part.substring(0, part.length() - 1));
    }

    @Test
    void theScopeMustBeThisDayRegionAndService() {
        String region = signer.region();
        assertRefused(signer.withDay("20200101").sign(list), INVALID, "Date in Credential scope does not match");
        assertRefused(signer.withScope("eu-west-1", "chime", "aws4_request").sign(list), INVALID, "valid region");
        assertRefused(signer.withScope(region, "s3", "aws4_request").sign(list), INVALID, "correct service: 'chime'");
        assertRefused(signer.withScope(region, "chime", "aws5_request").sign(list), INVALID, "valid terminator");
        assertRefused(signer.withScope(region, "chime/x", "aws4_request").sign(list), INCOMPLETE, "5 slash-delimited");
    }

    @ParameterizedTest
    @CsvSource({"-290, ''", "290, ''", "-310, Signature expired: ", "310, Signature not yet current: "})
    void clocksMayDifferByFiveMinutes(long seconds, String refusal) {
        var signed = signer.at(Instant.now().plusSeconds(seconds)).sign(list);
        if (refusal.isEmpty()) {
            assertTaken(signed);
        } else {
            assertRefused(signed, INVALID, refusal);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "20260231T000000Z", "99999999T999999Z", "2026-01-01T00:00:00Z",
            "20260101T000000z"})
    void aDateOfAnotherShapeIsRefused(String date) {
        assertRefused(signer.sign(list).replace("X-Amz-Date", date), INCOMPLETE, "Date must be in ISO-8601");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "604801", "99999999999999999999", "", "1.5", "abc", "%2B60"})
    void aPresignedLifetimeIsOneSecondToAWeek(String expires) {
        assertRefused(signer.presign(list, expires), INCOMPLETE, "X-Amz-Expires");
    }

    @Test
    void aPresignedRequestEndsWithItsLifetime() {
        Instant now = Instant.now();
        assertTaken(signer.at(now.minus(Duration.ofDays(6))).presign(list, "604800"));
        assertRefused(signer.at(now.minusSeconds(20)).presign(list, "10"), INVALID, "Signature expired: ");
        assertRefused(signer.at(now.plusSeconds(310)).presign(list, "604800"), INVALID, "Signature not yet current: ");
        var lengthened = signer.at(now.minusSeconds(20)).presign(list, "10");
        assertRefused(lengthened.withTarget(lengthened.target().replace("X-Amz-Expires=10", "X-Amz-Expires=99")),
                INVALID,
                DOES_NOT_MATCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders",
            "X-Amz-Signature"})
    void aPresignedPartThatIsMissingIsNamed(String name) {
        var presigned = signer.presign(list, "60");
        send(presigned.withTarget(presigned.target().replace(name + "=", "Other="))).requireError(403, INCOMPLETE)
                .requireMessage(name);
    }

    @Test
    void aParameterThatComesTwiceIsRefusedThoughBothAreSigned() {
        var repeated = list.withTarget(list.target() + "&max-results=1&max-results=2");
        send(signer.sign(repeated)).requireError(400, "BadRequestException").requireMessage("same name");
        send(signer.presign(repeated, "60")).requireError(400, "BadRequestException");
        var presigned = signer.presign(list, "60");
        send(presigned.withTarget(presigned.target() + "&X-Amz-Signature=" + "0".repeat(64)))
                .requireError(400, "BadRequestException");
    }

    @Test
    void everythingThatIsSignedCounts() {
        var signed = signer.sign(list);
        assertRefused(signed.withMethod("POST"), INVALID, DOES_NOT_MATCH);
        assertRefused(signed.withTarget(signed.target() + "&max-results=1"), INVALID, DOES_NOT_MATCH);
        assertRefused(signed.replace("x-amz-chime-bearer", server.user() + "x"), INVALID, DOES_NOT_MATCH);
        assertRefused(signed.replace("X-Amz-Date", AttackedServer.otherSecond(signed.header("X-Amz-Date"))), INVALID,
                DOES_NOT_MATCH);
        assertRefused(edited(signed, "Signature=", "Signature=0"), INVALID, DOES_NOT_MATCH);
    }

    @Test
    void aRequestForAnotherHostIsRefused() {
        assertRefused(signer.sign(list).replace("Host", "messaging-chime.us-east-1.amazonaws.com"), INVALID,
                DOES_NOT_MATCH);
        assertRefused(signer.sign(list).replace("Host", "localhost"), INVALID, DOES_NOT_MATCH);
    }

    @Test
    void aTargetInAbsoluteFormMustNameTheHostThatIsSigned() {
        var signed = signer.sign(list);
        assertTaken(signed.withTarget("http://" + server.host() + signed.target()));
        send(signed.withTarget("http://elsewhere" + signed.target()))
                .requireError(400, "MalformedHttpRequestException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-amz-chime-bearer;x-amz-date", "x-amz-date", "Host;x-amz-chime-bearer;x-amz-date"})
    void aHostThatIsNotSignedIsRefused(String signedHeaders) {
        assertRefused(signer.withSignedHeaders(signedHeaders).sign(list), INVALID, "'Host' or ':authority'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host;x-amz-date", "host;X-Amz-Chime-Bearer;x-amz-date", "host"})
    void aBearerThatIsNotSignedIsRefused(String signedHeaders) {
        assertRefused(signer.withSignedHeaders(signedHeaders).sign(list), INVALID, "'x-amz-chime-bearer'");
    }

    @Test
    void theOrderOfTheListIsTheSigners() {
        assertTaken(signer.withSignedHeaders("x-amz-date;x-amz-chime-bearer;host").sign(list));
        var signed = signer.sign(list);
        assertRefused(edited(signed, "host;x-amz-chime-bearer;x-amz-date", "x-amz-chime-bearer;host;x-amz-date"),
                INVALID,
                DOES_NOT_MATCH);
    }

    @Test
    void aHeaderThatIsNotThereCannotBeTakenForOne() {
        var absent = signer.withSignedHeaders("host;x-amz-chime-bearer;x-amz-date;x-other").sign(list);
        assertTaken(absent);
        assertRefused(absent.with("x-other", "1"), INVALID, DOES_NOT_MATCH);
        assertRefused(edited(absent, ";x-other", ""), INVALID, DOES_NOT_MATCH);
    }

    @Test
    void aHeaderIsSignedOnceHoweverLongItIs() {
        // Signed a thousand times over, a long header would take a thousand times its size in memory.
        var greedy = list.with("x-long", "a".repeat(12_000));
        var signed = signer.sign(greedy);
        assertRefused(edited(signed, ";x-long", ";x-long".repeat(2_000)), INCOMPLETE, "only once");
    }

    @Test
    void theBearerIsOneUserOrTheCallerIsUnauthorized() {
        String unauthorized = "UnauthorizedClientException";
        send(signer.sign(list.without("x-amz-chime-bearer"))).requireError(401, unauthorized)
                .requireMessage("x-amz-chime-bearer");
        send(signer.sign(list.with("x-amz-chime-bearer", server.user()))).requireError(401, unauthorized);
        for (String bearer : new String[]{"", " ", "ada", server.appInstance(), server.channel(), server.user() + "/x",
                server.user() + " ", server.user().toUpperCase(java.util.Locale.ROOT),
                "arn:aws:chime:::app-instance/a/user/b",
                server.user() + "-nobody", "x".repeat(5_000)}) {
            if (!bearer.strip().equals(server.user())) {
                Answer answer = send(signer.sign(list.replace("x-amz-chime-bearer", bearer)));
                answer.requireError(401, unauthorized);
                assertThat(answer.json().get("Code").asText()).isEqualTo("Unauthorized");
            }
        }
    }

    @Test
    void aBodyCannotBeChangedOrLeftOpen() {
        var send = server.sendMessage("{\"Content\":\"a\",\"Type\":\"STANDARD\",\"Persistence\":\"NON_PERSISTENT\","
                + "\"ClientRequestToken\":\"token\"}");
        var signed = signer.sign(send);
        assertRefused(signed.withBody(new String(send.body(), StandardCharsets.UTF_8).replace("\"a\"", "\"b\"")),
                INVALID,
                DOES_NOT_MATCH);
        assertRefused(signed.withBody(""), INVALID, DOES_NOT_MATCH);
        for (String hash : new String[]{"UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "", "0".repeat(64)}) {
            var declared = signer.withPayloadHash(hash).sign(send.with("x-amz-content-sha256", hash));
            assertRefused(declared, INVALID, hash.isEmpty() ? "" : "'x-amz-content-sha256' does not match");
        }
        assertThat(send(signer.sign(send.with("x-amz-content-sha256", AttackSigner.sha256(send.body())))).status())
                .isEqualTo(201);
    }

    @Test
    void aPresignedBodyIsOpenOnlyIfItsSignerLeftItSo() {
        var send = server.sendMessage("{\"Content\":\"a\",\"Type\":\"STANDARD\",\"Persistence\":\"NON_PERSISTENT\","
                + "\"ClientRequestToken\":\"token\"}");
        assertThat(send(signer.withPayloadHash("UNSIGNED-PAYLOAD").presign(send, "60")).status()).isEqualTo(201);
        var closed = signer.presign(send.with("x-amz-content-sha256", AttackSigner.sha256(send.body())), "60");
        assertThat(send(closed).status()).isEqualTo(201);
        assertRefused(closed.withBody("{}"), INVALID, "does not match");
        assertRefused(closed.withBody("{}").replace("x-amz-content-sha256", "UNSIGNED-PAYLOAD"), INVALID,
                DOES_NOT_MATCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2e%2e/channels", "./channels", "channels/", "/channels", "channels%2F", "%63hannels",
            "channels%00", "channels;x=y"})
    void anotherSpellingOfAPathIsAnotherPath(String path) {
        send(signer.sign(list.withTarget("/" + path))).requireError(404, "UnknownOperationException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%2", "%zz", "%c0%af", "%ff", "%ED%A0%80", "%F4%90%80%80"})
    void aTargetThatCannotBeDecodedIsInvalid(String escape) {
        send(signer.sign(list.withTarget("/channels/" + escape))).requireError(400, "BadRequestException");
        send(signer.sign(list.withTarget("/channels?next-token=" + escape))).requireError(400, "BadRequestException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "%2E%2E", "..%2F..%2Fetc", "arn%253Aaws%253Achime", "a%0D%0Ab", "%F0%9F%98%80"})
    void aLabelThatIsNoArnIsInvalidAndNotRepeated(String label) {
        Answer answer = send(signer.sign(AttackRequest.of("GET", "/channels/" + label)
                .with("Host", server.host())
                .with("x-amz-chime-bearer", server.user())));
        answer.requireError(400, "BadRequestException").requireMessage("ChannelArn");
        assertThat(answer.headers().keySet()).doesNotContain("b");
    }
}
