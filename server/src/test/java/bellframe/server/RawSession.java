package bellframe.server;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// A session on a bare socket: it reads when told to, and answers nothing by itself.
final class RawSession implements Closeable {

    static final int TEXT = 0x81;
    static final int CLOSE = 0x88;
    static final int PING = 0x89;

    private static final int PONG = 0x8a;
    private static final int MASKED = 0x80;
    private static final int LENGTH_IN_2_BYTES = 126;
    private static final int LENGTH_IN_8_BYTES = 127;
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final int READ_LIMIT_MILLIS = 60_000;

    /// One frame from the server.
    ///
    /// @param kind the first byte: how it ends and what it is
    record Frame(int kind, byte[] payload) {

        int closeCode() {
            return Byte.toUnsignedInt(payload[0]) << 8 | Byte.toUnsignedInt(payload[1]);
        }
    }

    private final Socket socket = new Socket();
    private final DataInputStream in;

    /// Connects; the handshake has succeeded when this returns.
    ///
    /// @param receiveBufferBytes how much the kernel takes for a client that does not read; 0 for what it likes
    RawSession(SdkClients clients, String user, String sessionId, int receiveBufferBytes) throws IOException {
        this(clients, Map.of("userArn", user, "sessionId", sessionId), receiveBufferBytes);
    }

    /// Does the same with these query parameters.
    RawSession(SdkClients clients, Map<String, String> parameters, int receiveBufferBytes) throws IOException {
        URI endpoint = clients.signedRequests().endpoint();
        try {
            if (receiveBufferBytes > 0) {
                socket.setReceiveBufferSize(receiveBufferBytes);
            }
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), endpoint.getPort()));
            socket.setSoTimeout(READ_LIMIT_MILLIS);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            shakeHands(clients.signedRequests()
                    .connect(URI.create("ws://localhost:" + endpoint.getPort()),
                            parameters, Instant.now(), LIFETIME));
        } catch (IOException problem) {
            socket.close();
            throw problem;
        }
    }

    private void shakeHands(URI url) throws IOException {
        socket.getOutputStream()
                .write(String.join("\r\n", "GET " + url.getRawPath() + "?" + url.getRawQuery() + " HTTP/1.1",
                        "Host: " + url.getAuthority(), "Upgrade: websocket", "Connection: Upgrade",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13", "", "")
                        .getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101 ")) {
            throw new IOException("refused: " + head.substring(0, head.indexOf("\r\n")));
        }
    }

    Frame read() throws IOException {
        int kind = in.readUnsignedByte();
        byte[] payload = new byte[length()];
        in.readFully(payload);
        return new Frame(kind, payload);
    }

    private int length() throws IOException {
        int length = in.readUnsignedByte();
        return switch (length) {
            case LENGTH_IN_2_BYTES -> in.readUnsignedShort();
            case LENGTH_IN_8_BYTES -> Math.toIntExact(in.readLong());
            default -> length;
        };
    }

    /// Whether the server has ended its side; waits until it has or sends something.
    boolean isEnded() throws IOException {
        return in.read() < 0;
    }

    void pong(byte[] payload) throws IOException {
        byte[] pong = new byte[6 + payload.length];
        pong[0] = (byte) PONG;
        pong[1] = (byte) (MASKED | payload.length);
        // The mask is zero, so the payload stands as it is.
        System.arraycopy(payload, 0, pong, 6, payload.length);
        socket.getOutputStream().write(pong);
    }

    /// Makes [#close()] tear the connection off.
    void tearOff() throws IOException {
        socket.setSoLinger(true, 0);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
