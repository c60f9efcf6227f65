package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// WebSocket clients that break the rules of RFC 6455: each is told why in a close frame, or in HTTP before the handshake.
@Timeout(120)
class SessionAttackIT {

    @RegisterExtension
    static final AttackedServer server = new AttackedServer();

    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PONG = 10;

    /// One frame from the server.
    record Frame(int opcode, byte[] payload) {

        int closeCode() {
            return Byte.toUnsignedInt(payload[0]) << 8 | Byte.toUnsignedInt(payload[1]);
        }
    }

    private static AttackRequest connectRequest() {
        return AttackRequest.of("GET", "/connect?sessionId=s&userArn=" + AttackSigner.encode(server.user()))
                .with("Host", server.host());
    }

    private static AttackRequest upgrading(AttackRequest request) {
        return request.with("Upgrade", "websocket")
                .with("Connection", "Upgrade")
                .with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                .with("Sec-WebSocket-Version", "13");
    }

    private static AttackRequest connect() {
        return upgrading(server.signer().presign(connectRequest(), "60"));
    }

    /// Opens a session and reads what it says first.
    private static AttackClient established(Scheme scheme) throws IOException {
        AttackClient client = server.connect(scheme).send(connect());
        assertThat(head(client)).startsWith("HTTP/1.1 101 ");
        assertThat(read(client).opcode()).isEqualTo(TEXT);
        return client;
    }

    private static String head(AttackClient client) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = client.socket().getInputStream().read();
            if (b < 0) {
                throw new EOFException("closed after " + head);
            }
            head.write(b);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static Frame read(AttackClient client) throws IOException {
        var in = new DataInputStream(client.socket().getInputStream());
        int first = in.readUnsignedByte();
        assertThat(first & 0x70).as("reserved bits").isZero();
        int length = in.readUnsignedByte();
        assertThat(length & 0x80).as("servers never mask").isZero();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(first & 0x0f, payload);
    }

    private static void assertClosed(AttackClient client, int code) throws IOException {
        Frame close = read(client);
        assertThat(close.opcode()).isEqualTo(CLOSE);
        assertThat(close.closeCode()).isEqualTo(code);
        client.sendAgainstTheWind(masked(0x88, close.payload()));
        client.requireEnd();
    }

    /// A frame with an empty mask, so that its payload can be read in the test.
    private static byte[] masked(int firstByte, byte[] payload) {
        var frame = new ByteArrayOutputStream();
        frame.write(firstByte);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
            "an unmasked text, 810161, 1002",
            "an unmasked close, 880203e8, 1002",
            "the first reserved bit, c18000000000, 1002",
            "the second reserved bit, a18000000000, 1002",
            "the third reserved bit, 918000000000, 1002",
            "a reserved data opcode, 838000000000, 1002",
            "a reserved control opcode, 8b8000000000, 1002",
            "a ping of 126 bytes, 89fe007e00000000, 1002",
            "a close of 126 bytes, 88fe007e00000000, 1002",
            "a fragmented ping, 098000000000, 1002",
            "a fragmented close, 088000000000, 1002",
            "a continuation of nothing, 808000000000, 1002",
            "a text inside a text, 018000000000818000000000, 1002",
            "a close with half a code, 88810000000003, 1002",
            "close code 999, 88820000000003e7, 1002",
            "close code 1004, 88820000000003ec, 1002",
            "close code 1005, 88820000000003ed, 1002",
            "close code 1006, 88820000000003ee, 1002",
            "close code 1015, 88820000000003f7, 1002",
            "close code 0, 8882000000000000, 1002",
            "a close reason that is not UTF-8, 88840000000003e8c080, 1007",
            "a text that is not UTF-8, 818200000000c080, 1007",
            "a text of half a surrogate pair, 818300000000eda080, 1007",
            "a text that is not UTF-8 in its second part, 018000000000808100000000ff, 1007",
            "a length of 2^63, 81ff800000000000000000000000, 1002",
            "a length of 2^31, 81ff000000008000000000000000, 1009",
            "a text of 4097 bytes, 81fe100100000000, 1009",
            "a length of 5 in 8 bytes, 81ff000000000000000500000000, 1002"})
    void aBrokenRuleClosesTheSession(String what, String hex, int code) throws IOException {
        for (Scheme scheme : Scheme.values()) {
            try (var client = established(scheme)) {
                client.sendAgainstTheWind(HexFormat.of().parseHex(hex));
                assertClosed(client, code);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatKeepsTheRulesIsTaken(Scheme scheme) throws IOException {
        try (var client = established(scheme)) {
            client.send(masked(0x01, new byte[]{(byte) 0xc3}));
            client.send(masked(0x89, new byte[]{1}));
            client.send(masked(0x80, new byte[]{(byte) 0xa9}));
            client.send(masked(0x82, new byte[]{(byte) 0xff}));
            client.send(masked(0x8a, new byte[125]));
            client.send(masked(0x89, new byte[125]));
            assertThat(read(client).payload()).hasSize(1);
            assertThat(read(client).payload()).hasSize(125);
            client.send(masked(0x88, new byte[]{0x0b, (byte) 0xb8, 'b', 'y', 'e'}));
            assertThat(read(client).closeCode()).isEqualTo(3000);
            client.requireEnd();
        }
    }

    @Test
    void framesThatTrickleInAreFrames() throws IOException {
        try (var client = established(Scheme.PLAIN)) {
            for (byte b : masked(0x89, "slow".getBytes(StandardCharsets.US_ASCII))) {
                client.send(new byte[]{b});
            }
            assertThat(read(client)).satisfies(pong -> {
                assertThat(pong.opcode()).isEqualTo(PONG);
                assertThat(pong.payload()).asString().isEqualTo("slow");
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void framesBeforeTheHandshakesAnswerAreFrames(Scheme scheme) throws IOException {
        byte[] ping = masked(0x89, "early".getBytes(StandardCharsets.US_ASCII));
        byte[] request = connect().bytes();
        byte[] both = java.util.Arrays.copyOf(request, request.length + ping.length);
        System.arraycopy(ping, 0, both, request.length, ping.length);
        try (var client = server.connect(scheme)) {
            client.send(both);
            assertThat(head(client)).startsWith("HTTP/1.1 101 ");
            Frame first = read(client);
            Frame second = read(client);
            assertThat(first.opcode() == PONG ? first.payload() : second.payload()).asString().isEqualTo("early");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFloodOfPingsEndsTheSessionAndHarmsNobody(Scheme scheme) throws IOException {
        byte[] pings = new byte[131 * 500];
        for (int i = 0; i < 500; i++) {
            System.arraycopy(masked(0x89, new byte[125]), 0, pings, i * 131, 131);
        }
        try (var client = established(scheme)) {
            client.send(pings);
            server.requireService(scheme);
            Frame frame = read(client);
            while (frame.opcode() == PONG) {
                frame = read(client);
            }
            assertThat(frame.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void aSessionThatIsTornOffIsForgotten() throws IOException {
        for (int i = 0; i < 50; i++) {
            AttackClient client = established(Scheme.PLAIN);
            client.send(java.util.Arrays.copyOf(masked(0x81, new byte[100]), i));
            if (i % 2 == 0) {
                client.reset();
            } else {
                client.close();
            }
            AttackedServer.await("forgotten", () -> server.gauge("bellframe_connections") == 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatEndsItsSideIsForgotten(Scheme scheme) throws IOException {
        try (var client = established(scheme)) {
            client.endInput().requireEnd();
        }
        try (var client = server.connect(scheme)) {
            client.send(connect()).endInput();
            AttackedServer.await("forgotten", () -> server.gauge("bellframe_connections") == 0);
        }
    }

    @Test
    void whoIsNotSignedInIsToldAfterTheHandshake() throws IOException {
        var forged = server.signer().withSecret("0".repeat(40)).presign(connectRequest(), "60");
        var other = server.signer().presign(connectRequest(), "60");
        for (AttackRequest request : new AttackRequest[]{connectRequest(), forged,
                other.withTarget(other.target().replace("sessionId=s", "sessionId=t")),
                other.replace("Host", "elsewhere"),
                other.withTarget(other.target() + "&sessionId=t")}) {
            try (var client = server.connect(Scheme.PLAIN)) {
                client.send(upgrading(request));
                assertThat(head(client)).startsWith("HTTP/1.1 101 ");
                assertClosed(client, 4401);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"&sessionId=t", "&userArn=x", "&x=%ff", "&x=%zz", "&a=1&a=2"})
    void whatCannotBeReadIsForbiddenThoughItIsSigned(String more) throws IOException {
        var request = connectRequest().withTarget(connectRequest().target() + more);
        try (var client = server.connect(Scheme.PLAIN)) {
            client.send(upgrading(server.signer().presign(request, "60")));
            assertThat(head(client)).startsWith("HTTP/1.1 101 ");
            Frame close = read(client);
            assertThat(close.opcode()).isEqualTo(CLOSE);
            // A percent sign that starts no escape is signed as what it is, or as the signer took it.
            assertThat(close.closeCode()).isIn(4003, 4401);
        }
    }

    @ParameterizedTest
    @CsvSource({
            "Upgrade, h2c, 426, UpgradeRequiredException",
            "Connection, close, 426, UpgradeRequiredException",
            "Sec-WebSocket-Version, 8, 426, UpgradeRequiredException",
            "Sec-WebSocket-Version, '', 426, UpgradeRequiredException",
            "Sec-WebSocket-Key, '', 400, MalformedHttpRequestException",
            "Sec-WebSocket-Key, AAAA, 400, MalformedHttpRequestException",
            "Sec-WebSocket-Key, not base 64, 400, MalformedHttpRequestException"})
    void aBadHandshakeIsAnsweredInHttp(String header, String value, int status, String type) {
        try (var client = server.connect(Scheme.PLAIN)) {
            client.send(connect().replace(header, value)).read().requireError(status, type);
        }
    }

    @Test
    void aHandshakeWithTwoKeysIsMalformed() {
        try (var client = server.connect(Scheme.PLAIN)) {
            client.send(connect().with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="))
                    .read()
                    .requireError(400, "MalformedHttpRequestException");
        }
    }

    @Test
    void httpInsideASessionClosesIt() throws IOException {
        try (var client = established(Scheme.PLAIN)) {
            client.sendAgainstTheWind(connect().bytes());
            assertClosed(client, 1002);
        }
    }
}
