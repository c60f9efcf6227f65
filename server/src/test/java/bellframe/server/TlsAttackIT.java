package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS that is broken, outdated, cut into pieces or mixed with plain text.
@Timeout(120)
class TlsAttackIT {

    @RegisterExtension
    static final AttackedServer server = new AttackedServer();

    private static final int READ_LIMIT_MILLIS = 20_000;

    private static AttackRequest signed() {
        return server.signer().sign(server.listChannels());
    }

    private static byte[] clientHello() throws SSLException {
        SSLEngine engine = AttackClient.trusting().createSSLEngine("localhost", 443);
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        byte[] bytes = new byte[hello.flip().remaining()];
        hello.get(bytes);
        return bytes;
    }

    private static Socket raw() throws IOException {
        var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port());
        socket.setSoTimeout(READ_LIMIT_MILLIS);
        return socket;
    }

    /// Sends bytes and reads until the connection ends; silence is a failure.
    private static byte[] exchange(byte[] bytes) throws IOException {
        try (Socket socket = raw()) {
            socket.getOutputStream().write(bytes);
            return readToEnd(socket.getInputStream());
        }
    }

    private static byte[] readToEnd(InputStream in) throws IOException {
        try {
            return in.readAllBytes();
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
            return new byte[0];
        }
    }

    @Test
    void aHandshakeMayTrickleIn() throws Exception {
        var hello = clientHello();
        try (Socket socket = raw()) {
            OutputStream out = socket.getOutputStream();
            socket.setTcpNoDelay(true);
            for (byte b : hello) {
                out.write(b);
            }
            assertThat(socket.getInputStream().read()).as("a handshake record answers").isEqualTo(0x16);
        }
    }

    @Test
    void aHandshakeThatIsTornOffLeavesNothingBehind() throws Exception {
        byte[] hello = clientHello();
        for (int cut = 1; cut < hello.length; cut += 16) {
            try (Socket socket = raw()) {
                socket.getOutputStream().write(hello, 0, cut);
                socket.setSoLinger(cut % 32 == 1, 0);
            }
        }
        server.requireService(Scheme.TLS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"16030300050100000100", "1603030004ffffffff", "1603030000",
            "150303000202ff",
            "1503030002010000", "140303000101", "1703030003616263", "16000000050102030405",
            "80 2e 01 03 01 00 15 00 00 00 10"})
    void recordsThatMakeNoSenseEndTheConnection(String hex) throws Exception {
        byte[] answer = exchange(HexFormat.of().parseHex((hex + "00".repeat(64)).replace(" ", "")));
        String text = new String(answer, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(answer.length == 0 || answer[0] == 0x15 || text.startsWith("HTTP/1.1 400 ")).as(text).isTrue();
    }

    @Test
    void aSpoiledHandshakeEndsTheConnection() throws Exception {
        long seed = Long.getLong("bellframe.seed", new Random().nextLong());
        System.out.println("TlsAttackIT seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            byte[] hello = clientHello();
            // The record's own length stays, so that the server need not wait for more.
            hello[5 + random.nextInt(hello.length - 5)] ^= (byte) (1 + random.nextInt(255));
            try (Socket socket = raw()) {
                socket.getOutputStream().write(hello);
                socket.getOutputStream().write(HexFormat.of().parseHex("1703030003616263"));
                readToEnd(socket.getInputStream());
            }
        }
        server.requireService(Scheme.TLS);
    }

    @Test
    void plainTextInsideAHandshakeEndsTheConnection() throws Exception {
        byte[] hello = clientHello();
        try (Socket socket = raw()) {
            socket.getOutputStream().write(hello);
            assertThat(socket.getInputStream().read()).isEqualTo(0x16);
            socket.getOutputStream().write(signed().bytes());
            String rest = new String(readToEnd(socket.getInputStream()), java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(rest).doesNotContain("HTTP/1.1");
        }
    }

    @Test
    void plainTextBehindATlsConversationEndsIt() throws Exception {
        try (Socket plain = raw();
                var tls = (SSLSocket) AttackClient.trusting()
                        .getSocketFactory()
                        .createSocket(plain, "localhost", server.port(), false)) {
            tls.startHandshake();
            plain.getOutputStream().write(signed().bytes());
            String rest = new String(readToEnd(plain.getInputStream()), java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(rest).doesNotContain("HTTP/1.1");
        }
    }

    @Test
    void aHandshakeInsideAPlainConversationIsMalformed() throws Exception {
        try (var client = server.connect(Scheme.PLAIN)) {
            assertThat(client.send(signed()).read().status()).isEqualTo(200);
            client.send(clientHello()).endInput();
            client.read().requireError(400, "MalformedHttpRequestException");
            client.requireEnd();
        }
    }

    @Test
    void aTlsClientOfThePortForOperatorsIsTurnedAway() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.adminPort())) {
            socket.setSoTimeout(READ_LIMIT_MILLIS);
            socket.getOutputStream().write(clientHello());
            socket.getOutputStream().write("\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            readToEnd(socket.getInputStream());
        }
        server.requireService(Scheme.PLAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0301", "0302", "0300"})
    void outdatedVersionsAreRefused(String version) throws Exception {
        // A ClientHello of that version with one cipher suite, as old clients send it.
        String body = version + "00".repeat(32) + "00" + "0002002f" + "0100";
        String hello = "01" + "%06x".formatted(body.length() / 2) + body;
        byte[] answer = exchange(
                HexFormat.of().parseHex("16" + version + "%04x".formatted(hello.length() / 2) + hello));
        assertThat(answer).as("an alert, fatal: protocol_version").hasSize(7).startsWith(0x15);
        assertThat(answer).endsWith(2, 70);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void presentVersionsAreServed(String version) throws Exception {
        try (var client = server.connect(Scheme.TLS)) {
            ((SSLSocket) client.socket()).setEnabledProtocols(new String[]{version});
            assertThat(client.send(signed()).read().status()).isEqualTo(200);
            assertThat(((SSLSocket) client.socket()).getSession().getProtocol()).isEqualTo(version);
        }
    }

    @Test
    void aClientThatNamesAnotherServerIsServed() throws Exception {
        try (var client = server.connect(Scheme.TLS)) {
            var socket = (SSLSocket) client.socket();
            var parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName("elsewhere.example.com")));
            socket.setSSLParameters(parameters);
            assertThat(client.send(signed()).read().status()).isEqualTo(200);
        }
    }

    @Test
    void aClientCannotMakeTheServerShakeHandsAgain() throws Exception {
        try (var client = server.connect(Scheme.TLS)) {
            var socket = (SSLSocket) client.socket();
            socket.setEnabledProtocols(new String[]{"TLSv1.2"});
            assertThat(client.send(signed()).read().status()).isEqualTo(200);

            assertThatThrownBy(() -> {
                socket.startHandshake();
                client.send(signed()).read();
            }).isInstanceOfAny(IOException.class, UncheckedIOException.class);
        }
        server.requireService(Scheme.TLS);
    }
}
