package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.server.AttackClient.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests whose beginning or end two parties could see in different places, RFC 9112: behind each attack stands a
/// request that must never be taken for one of its own.
@Timeout(120)
class FramingAttackIT {

    @RegisterExtension
    static final AttackedServer server = new AttackedServer();

    private static final String MALFORMED = "MalformedHttpRequestException";
    private static final String UNSIGNED = "MissingAuthenticationTokenException";
    private static final String UNKNOWN = "UnknownOperationException";
    private static final String SMUGGLED = "OPTIONS /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String HOST = "Host: a\r\n";

    /// Headers that make the end of a body unclear.
    static final List<String> unclearFraming = List.of(
            "Content-Length: 6\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 6",
            "Transfer-Encoding: identity", "Transfer-Encoding: identity\r\nContent-Length: 6",
            "Transfer-Encoding: xchunked", "Transfer-Encoding: chunkedx", "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: identity, chunked", "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: chunked, chunked", "Transfer-Encoding: chunked,", "Transfer-Encoding: ,chunked",
            "Transfer-Encoding: chunked;q=1", "Transfer-Encoding: \"chunked\"", "Transfer-Encoding: 'chunked'",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\ntransfer-encoding: x", "Transfer-Encoding:", "Transfer-Encoding : chunked",
            "Transfer-Encoding\t: chunked", "Transfer-Encoding: \u000bchunked",
            "Transfer-Encoding: chunked\u0000", "Transfer-Encoding:\r\n chunked", "X: y\rTransfer-Encoding: chunked",
            "X: y\nTransfer-Encoding: chunked", "Content-Length: 6\r\nContent-Length: 6",
            "Content-Length: 6\r\nContent-Length: 0", "Content-Length: 6, 6", "Content-Length: 6,",
            "Content-Length: +6",
            "Content-Length: -6", "Content-Length: 0x6", "Content-Length: 6 0", "Content-Length: 6.0",
            "Content-Length: 6e0", "Content-Length: six", "Content-Length:", "Content-Length: \u00b2",
            "Content-Length: 18446744073709551622", "Content-Length: 99999999999999999999", "Content-Length : 6",
            "Content-Length:\r\n 6", "Content_Length: 6\r\nContent-Length: 1_0", "Content-Length: 6\u0000");

    /// Chunked bodies that end where only some would say.
    static final List<String> unclearChunks = List.of("+2\r\n{}\r\n0\r\n\r\n", "-2\r\n{}\r\n0\r\n\r\n",
            "0x2\r\n{}\r\n0\r\n\r\n", " 2\r\n{}\r\n0\r\n\r\n", "2 3\r\n{}\r\n0\r\n\r\n", "2g\r\n{}\r\n0\r\n\r\n",
            "\r\n{}\r\n0\r\n\r\n", ";a=b\r\n{}\r\n0\r\n\r\n", "ffffffffffffffff2\r\n{}\r\n",
            "100000002\r\n{}\r\n0\r\n\r\n",
            "80000000\r\n{}", "2\n{}\n0\n\n", "2\r{}\r0\r\r", "2\r\n{}0\r\n\r\n", "2\r\n{}xx\r\n0\r\n\r\n",
            "2\r\n{}\n\r\n0\r\n\r\n", "2;a\nb\r\n{}\r\n0\r\n\r\n", "2;a=\"\r\nb\"\r\n{}\r\n0\r\n\r\n",
            "2\r\n{}\r\n0\r\nno trailer\r\n\r\n", "2\r\n{}\r\n0\r\nX : y\r\n\r\n",
            "2;" + "x".repeat(20_000) + "\r\n{}\r\n");

    /// Request lines and headers that are no HTTP/1.1.
    static final List<String> malformed = List.of("NONSENSE\r\n", "GET\r\n", "GET /\r\n", "GET /channels\r\n\r\n",
            "GET /channels HTTP/1.1 \r\n" + HOST + "\r\n", "GET /channels x HTTP/1.1\r\n" + HOST + "\r\n",
            "GET /channels HTTP/2.0\r\n" + HOST + "\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "GET /channels HTTP/1.2\r\n" + HOST + "\r\n", "GET /channels HTTP/0.9\r\n\r\n",
            "GET /channels HTTP/1.10\r\n" + HOST + "\r\n", "GET /channels HTTP/01.1\r\n" + HOST + "\r\n",
            "GET /channels ICAP/1.1\r\n" + HOST + "\r\n", "G(T /channels HTTP/1.1\r\n" + HOST + "\r\n",
            "G\u00e9T /channels HTTP/1.1\r\n" + HOST + "\r\n", "GET /channels HTTP/1.1\n" + HOST + "\r\n",
            "GET /channels HTTP/1.1\r" + HOST + "\r\n", "GET /channels HTTP/1.1\r\nHost: a\n\n",
            "GET /channels HTTP/1.1\r\n Host: a\r\n\r\n", "GET /channels HTTP/1.1\r\n\r\n",
            "GET /channels HTTP/1.1\r\n" + HOST + HOST + "\r\n",
            "GET /channels HTTP/1.1\r\n" + HOST + "hOST: b\r\n\r\n",
            "GET /channels HTTP/1.1\r\n" + HOST + "no colon\r\n\r\n",
            "GET /channels HTTP/1.1\r\n" + HOST + ": x\r\n\r\n",
            "GET /channels HTTP/1.1\r\n" + HOST + "a b: x\r\n\r\n",
            "GET /channels HTTP/1.1\r\n" + HOST + "X: a\u0000\r\n\r\n",
            "GET /channels HTTP/1.1\r\n" + HOST + "X\u0000: a\r\n\r\n",
            "GET /channels HTTP/1.1\r\n" + HOST + "X: \u0001\r\n\r\n",
            "GET /channels HTTP/1.1\r\n" + HOST + "X: \u007f\r\n\r\n",
            "GET /channels/\u0000 HTTP/1.1\r\n" + HOST + "\r\n",
            "GET /channels/\u00c3\u00a9 HTTP/1.1\r\n" + HOST + "\r\n",
            "GET http://b/channels HTTP/1.1\r\n" + HOST + "\r\n", "GET https://a:1/ HTTP/1.1\r\n" + HOST + "\r\n",
            "POST /channels HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");

    private static void assertMalformed(Scheme scheme, String attack) {
        try (var client = server.connect(scheme)) {
            client.send(attack + SMUGGLED);
            Answer answer = client.read().requireError(400, MALFORMED);
            assertThat(answer.header("Connection")).isEqualTo("close");
            client.requireEnd();
        }
    }

    @ParameterizedTest
    @FieldSource("unclearFraming")
    void anUnclearEndEndsTheConnection(String headers) {
        assertMalformed(Scheme.PLAIN, "POST /channels HTTP/1.1\r\n" + HOST + headers + "\r\n\r\n0\r\n\r\nX");
    }

    @ParameterizedTest
    @FieldSource("unclearChunks")
    void anUnclearChunkEndsTheConnection(String chunks) {
        assertMalformed(Scheme.PLAIN,
                "POST /channels HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
    }

    @ParameterizedTest
    @FieldSource("malformed")
    void whatIsNotHttpEndsTheConnection(String attack) {
        assertMalformed(Scheme.PLAIN, attack);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 6\r\nTransfer-Encoding: chunked", "Transfer-Encoding: xchunked",
            "Content-Length: 6\r\nContent-Length: 0"})
    void tlsMakesNoDifference(String headers) {
        assertMalformed(Scheme.TLS, "POST /channels HTTP/1.1\r\n" + HOST + headers + "\r\n\r\n0\r\n\r\nX");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked", "Transfer-Encoding:\tchunked", "transfer-encoding: ChUnKeD ",
            "Transfer_Encoding: x\r\nTransfer-Encoding: chunked"})
    void aClearEndIsFollowedByTheNextRequest(String headers) {
        try (var client = server.connect(Scheme.PLAIN)) {
            client.send("POST /channels HTTP/1.1\r\n" + HOST + headers + "\r\n\r\n2;a=b\r\n{}\r\n0\r\nT: t\r\n\r\n"
                    + SMUGGLED);
            client.read().requireError(403, UNSIGNED);
            assertThat(client.read().status()).isEqualTo(204);
        }
    }

    @Test
    void aFoldedLineBelongsToTheHeaderAboveAndIsNone() {
        try (var client = server.connect(Scheme.PLAIN)) {
            client.send("GET /channels HTTP/1.1\r\n" + HOST + "X: y\r\n Transfer-Encoding: chunked\r\n\r\n" + SMUGGLED);
            client.read().requireError(403, UNSIGNED);
            assertThat(client.read().status()).isEqualTo(204);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "PATCH", "TRACE", "CONNECT", "PROPFIND", "SMUGGLE", "BREW"})
    void anotherMethodIsAnUnknownOperation(String method) {
        try (var client = server.connect(Scheme.PLAIN)) {
            client.send(method + " /channels HTTP/1.1\r\n" + HOST + "X-Secret: s3\r\n\r\n" + SMUGGLED);
            assertThat(client.read().requireError(404, UNKNOWN).body()).doesNotContain("s3");
            assertThat(client.read().status()).isEqualTo(204);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "a:443", "channels", "//channels", "/x/../channels", "\\channels",
            "/channels#x", "ftp://a/channels", "/%63hannels", "/channels%2f", "/channels;a", "?a=b", "/", "//"})
    void anotherTargetIsAnUnknownOperation(String target) {
        try (var client = server.connect(Scheme.PLAIN)) {
            client.send("GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n").read().requireError(404, UNKNOWN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void largeHeadsAreRefused(Scheme scheme) {
        assertTooLarge(scheme, "GET /" + "a".repeat(70_000) + " HTTP/1.1\r\n" + HOST + "\r\n", 414,
                "RequestUriTooLongException");
        assertTooLarge(scheme, "G".repeat(70_000), 414, "RequestUriTooLongException");
        assertTooLarge(scheme, "GET / HTTP/1.1\r\n" + HOST + "X: " + "b".repeat(40_000) + "\r\n\r\n", 431,
                "RequestHeaderFieldsTooLargeException");
        assertTooLarge(scheme, "GET / HTTP/1.1\r\n" + HOST + "X: y\r\n".repeat(10_000) + "\r\n", 431,
                "RequestHeaderFieldsTooLargeException");
        assertTooLarge(scheme, "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n"
                + "X: y\r\n".repeat(10_000) + "\r\n", 431, "RequestHeaderFieldsTooLargeException");
        assertTooLarge(scheme, "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 9223372036854775807\r\n\r\n", 413,
                "RequestEntityTooLargeException");
    }

    private static void assertTooLarge(Scheme scheme, String attack, int status, String type) {
        try (var client = server.connect(scheme)) {
            client.sendAgainstTheWind(attack.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            client.read().requireError(status, type);
            client.requireEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a, b", "authorization,x-amz-date,x-amz-chime-bearer"})
    void aPreflightIsAnsweredUnsigned(String names) {
        try (var client = server.connect(Scheme.PLAIN)) {
            Answer answer = client.send("OPTIONS * HTTP/1.1\r\n" + HOST + "Access-Control-Request-Headers: " + names
                    + "\r\n\r\n").read();
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("Access-Control-Allow-Headers")).isEqualTo(names);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>", "a\u00ff", "a: b", "a,,b", "x\r\n folded"})
    void aPreflightRepeatsNothingElse(String names) {
        try (var client = server.connect(Scheme.PLAIN)) {
            Answer answer = client.send("OPTIONS / HTTP/1.1\r\n" + HOST + "Access-Control-Request-Headers: " + names
                    + "\r\n\r\n").read();
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("Access-Control-Allow-Headers")).isNull();
        }
    }

    @Test
    void aRequestInsideABodyIsABody() {
        var inner = server.signer().sign(server.listChannels());
        var outer = server.signer().sign(server.sendMessage("").withBody(inner.bytes()));
        try (var client = server.connect(Scheme.PLAIN)) {
            client.send(outer).read().requireError(400, "BadRequestException");
            assertThat(client.send(inner).read().status()).isEqualTo(200);
        }
    }
}
