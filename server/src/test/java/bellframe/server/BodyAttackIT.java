package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.server.AttackClient.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Signed requests whose bodies are too large, cut short, or no JSON that makes sense.
@Timeout(120)
class BodyAttackIT {

    @RegisterExtension
    static final AttackedServer server = new AttackedServer();

    private static final int BODY_MAX_BYTES = 1024 * 1024;
    private static final String BAD_REQUEST = "BadRequestException";
    private static final String MALFORMED = "MalformedHttpRequestException";
    private static final String TOO_LARGE = "RequestEntityTooLargeException";
    private static final String REQUIRED = "\"Content\":\"hello\",\"Type\":\"STANDARD\",\"Persistence\":\"NON_PERSISTENT\","
            + "\"ClientRequestToken\":\"token\"";

    private static AttackRequest signed(AttackRequest request) {
        return server.signer().sign(request);
    }

    private static Answer send(AttackRequest request) {
        return send(Scheme.PLAIN, request);
    }

    private static Answer send(Scheme scheme, AttackRequest request) {
        try (var client = server.connect(scheme)) {
            return client.send(request).read();
        }
    }

    private static void assertInvalid(byte[] body) {
        Answer answer = send(signed(server.sendMessage("").withBody(body)));
        answer.requireError(400, BAD_REQUEST);
        assertThat(answer.json().get("Code").asText()).isEqualTo("BadRequest");
        assertThat(answer.body()).as("nothing of the body is repeated").doesNotContain("secret");
    }

    private static void assertInvalid(String body) {
        assertInvalid(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String padded(int bytes) {
        String start = "{" + REQUIRED + ",\"Unknown\":\"";
        return start + "x".repeat(bytes - start.length() - 2) + "\"}";
    }

    @ParameterizedTest
    @EnumSource
    void aBodyOfOneMebibyteIsTakenAndNotOneByteMore(Scheme scheme) {
        assertThat(send(scheme, signed(server.sendMessage(padded(BODY_MAX_BYTES)))).status()).isEqualTo(201);
        try (var client = server.connect(scheme)) {
            client.sendAgainstTheWind(signed(server.sendMessage(padded(BODY_MAX_BYTES + 1))).bytes());
            client.read().requireError(413, TOO_LARGE);
            client.requireEnd();
        }
    }

    @ParameterizedTest
    @EnumSource
    void chunksAreCountedTogether(Scheme scheme) {
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        var head = server.sendMessage("").with("Transfer-Encoding", "chunked");
        try (var client = server.connect(scheme)) {
            client.send(head);
            for (int i = 0; i < 17; i++) {
                client.sendAgainstTheWind(chunk.getBytes(StandardCharsets.ISO_8859_1));
            }
            client.read().requireError(413, TOO_LARGE);
            client.requireEnd();
        }
    }

    @Test
    void aChunkedBodyIsSignedLikeAnyOther() {
        String body = "{" + REQUIRED + "}";
        var signed = signed(server.sendMessage(body).with("Transfer-Encoding", "chunked"));
        String chunked = "%x\r\n%s\r\n%x;a=b\r\n%s\r\n0\r\nx-amz-chime-bearer: other\r\n\r\n".formatted(5,
                body.substring(0, 5), body.length() - 5, body.substring(5));
        assertThat(send(signed.withBody(chunked)).status()).isEqualTo(201);
        send(signed.withBody(chunked.replace("hello", "hallo"))).requireError(403, "InvalidSignatureException");
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatEndsEarlyIsMalformed(Scheme scheme) {
        var whole = signed(server.sendMessage("{" + REQUIRED + "}"));
        var longer = whole.with("Content-Length", Integer.toString(whole.body().length + 1));
        var chunked = whole.with("Transfer-Encoding", "chunked").withBody("ff\r\n{");
        for (AttackRequest cut : List.of(longer, chunked)) {
            try (var client = server.connect(scheme)) {
                client.send(cut).endInput().read().requireError(400, MALFORMED);
                client.requireEnd();
            }
        }
    }

    @Test
    void aLargeBodyThatWaitsToBeAskedForIsNotAskedFor() {
        try (var client = server.connect(Scheme.PLAIN)) {
            client.send(
                    signed(server.sendMessage("").with("Expect", "100-continue")).with("Content-Length", "1048577"));
            client.read().requireError(413, TOO_LARGE);
            client.requireEnd();
        }
    }

    @Test
    void aCompressedBodyIsNotJson() throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(("{" + REQUIRED + "}").getBytes(StandardCharsets.UTF_8));
        }
        var request = server.sendMessage("").withBody(compressed.toByteArray()).with("Content-Encoding", "gzip");
        send(signed(request)).requireError(400, BAD_REQUEST);
        send(signed(request.replace("Content-Type", "application/gzip")))
                .requireError(415, "UnsupportedMediaTypeException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "true", "1", "\"{}\"", " ", "{", "}", "{}}", "{} {}", "{}[", "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}", "{,}", "{a:1}", "{'a':1}", "{\"a\":01}", "{\"a\":+1}", "{\"a\":.5}", "{\"a\":NaN}",
            "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "/**/{}", "{\"a\":\"secret", "{\"a\":\"\n\"}", "\ufeff{}",
            "{}\u0000"})
    void whatIsNoJsonObjectIsInvalid(String body) {
        assertInvalid(body.replace("{}", "{" + REQUIRED + "}"));
    }

    static Stream<byte[]> otherEncodings() {
        byte[] start = ("{" + REQUIRED + ",\"Metadata\":\"secret").getBytes(StandardCharsets.UTF_8);
        byte[] end = "\"}".getBytes(StandardCharsets.UTF_8);
        Stream<byte[]> broken = Stream.of(new byte[]{(byte) 0xff}, new byte[]{(byte) 0xc0, (byte) 0x80},
                new byte[]{(byte) 0xed, (byte) 0xa0, (byte) 0x80}, new byte[]{(byte) 0xe2, (byte) 0x82},
                new byte[]{(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, new byte[]{(byte) 0x80});
        Stream<byte[]> whole = Stream.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_32BE)
                .map(("{" + REQUIRED + "}")::getBytes);
        return Stream.concat(broken.map(bytes -> joined(start, bytes, end)), whole);
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("otherEncodings")
    void whatIsNoUtf8IsInvalid(byte[] body) {
        assertInvalid(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "\\udc00\\ud800", "x\\ud83d", "\\ud83d\\ud83d\\ude00"})
    void halfACharacterIsInvalid(String escape) {
        assertInvalid("{" + REQUIRED + ",\"Metadata\":\"" + escape + "\"}");
        assertInvalid("{" + REQUIRED + ",\"MessageAttributes\":{\"" + escape + "\":{\"StringValues\":[\"x\"]}}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
    void deepNestingIsInvalid(String level) {
        for (int depth : new int[]{10_000, 200_000}) {
            assertInvalid("{" + REQUIRED + ",\"Unknown\":" + level.repeat(Math.min(depth, 1_000_000 / level.length())));
        }
        assertInvalid("{" + REQUIRED + ",\"Unknown\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");
        assertInvalid("[".repeat(10_000) + "]".repeat(10_000));
    }

    @Test
    void numbersOfAnySizeCostNothing() {
        assertThat(send(signed(server.sendMessage("{" + REQUIRED + ",\"Unknown\":1e999999999}"))).status())
                .isEqualTo(201);
        for (String number : List.of("1e999999999", "-1e999999999", "9".repeat(1_000_000),
                "0." + "0".repeat(999_999) + "1",
                "1e-999999999", "1".repeat(400) + "e400")) {
            assertInvalid("{" + REQUIRED + ",\"Content\":" + number + "}");
            var app = AttackRequest.of("POST", "/channels")
                    .with("Host", server.host())
                    .with("x-amz-chime-bearer", server.user())
                    .withBody("{\"AppInstanceArn\":\"" + server.appInstance()
                            + "\",\"Name\":\"n\",\"ClientRequestToken\":\"t\","
                            + "\"ExpirationSettings\":{\"ExpirationDays\":" + number
                            + ",\"ExpirationCriterion\":\"CREATED_TIMESTAMP\"}}");
            send(signed(app)).requireError(400, BAD_REQUEST);
        }
    }

    @Test
    void hugeNamesAndStringsAreInvalid() {
        assertInvalid("{\"" + "n".repeat(1_000_000) + "\":1}");
        assertInvalid("{" + REQUIRED + ",\"Metadata\":\"" + "secret".repeat(100_000) + "\"}");
        assertInvalid("{" + REQUIRED + ",\"Content\":\"" + "\\u0041".repeat(100_000) + "\"}");
        assertInvalid("{" + REQUIRED + ",\"Target\":[" + "{},".repeat(200_000) + "{}]}");
        assertInvalid("{" + REQUIRED + ",\"MessageAttributes\":{" + "\"a\":{\"StringValues\":[\"x\"]},".repeat(20_000)
                + "\"a\":{\"StringValues\":[1]}}}");
    }

    @Test
    void theLastOfRepeatedMembersCounts() {
        assertInvalid("{" + REQUIRED + ",\"Type\":\"secret\"}");
        assertThat(send(signed(server.sendMessage("{\"Type\":\"secret\"," + REQUIRED + "}"))).status()).isEqualTo(400);
        assertThat(send(signed(server.sendMessage("{\"Content\":\"first\"," + REQUIRED + "}"))).status())
                .isEqualTo(201);
    }

    @Test
    void noBodyIsAnEmptyObject() {
        send(signed(server.sendMessage(""))).requireError(400, BAD_REQUEST).requireMessage("Content: is required");
        send(signed(server.sendMessage("{}"))).requireError(400, BAD_REQUEST).requireMessage("Content: is required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x"})
    void whatIsClearlyNotJsonIsOfAnUnsupportedType(String type) {
        send(signed(server.sendMessage("<a/>").replace("Content-Type", type)))
                .requireError(415, "UnsupportedMediaTypeException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999", "-1", "2024-13-01T00%3A00%3A00Z", "999999999999999999999999999999999999999",
            "1e-400x", "%2B99999-01-01T00%3A00%3A00Z",
            "%E2%82%AC", "2024-01-01T00%3A00%3A00%2B99%3A00", "NaN"})
    void timesThatNoCalendarHasAreInvalid(String time) {
        String target = SignedRequests.channelPath(server.channel()) + "/messages?not-before=" + time;
        var request = AttackRequest.of("GET", target)
                .with("Host", server.host())
                .with("x-amz-chime-bearer", server.user());
        Answer answer = send(signed(request));
        if (time.equals("-1")) {
            assertThat(answer.status()).isEqualTo(200);
        } else {
            answer.requireError(400, BAD_REQUEST).requireMessage("NotBefore: must be a timestamp");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "AAAA", "%00", "%2B%2F%3D", "____________________________"})
    void aPageTokenThatTheServerDidNotMakeIsInvalid(String token) {
        var list = server.listChannels();
        send(signed(list.withTarget(list.target() + "&next-token=" + token))).requireError(400, BAD_REQUEST)
                .requireMessage("NextToken");
    }

    @Test
    void aBodyThatIsTornOffLeavesNothingBehind() {
        var whole = signed(server.sendMessage(padded(BODY_MAX_BYTES))).bytes();
        for (int i = 0; i < 20; i++) {
            try (var client = server.connect(Scheme.PLAIN)) {
                client.send(java.util.Arrays.copyOf(whole, whole.length - 1)).reset();
            } catch (UncheckedIOException tornOffMeanwhile) {
                assertThat(tornOffMeanwhile).hasCauseInstanceOf(java.net.SocketException.class);
            }
        }
    }
}
