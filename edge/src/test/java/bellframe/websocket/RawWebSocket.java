package bellframe.websocket;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A client that speaks WebSocket byte by byte: it answers no ping, reads only when told to, and breaks rules on request.
final class RawWebSocket implements AutoCloseable {

    static final String GOOD = "/connect?userArn=u&sessionId=s&X-Amz-Signature=good";

    private static final int READ_LIMIT_MILLIS = 20_000;
    private static final byte[] MASK = {1, 2, 3, 4};

    /// One frame from the server.
    record Received(int opcode, byte[] payload) {

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode() {
            return ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
        }
    }

    private final Socket socket;
    private final DataInputStream in;

    RawWebSocket(int port) throws IOException {
        socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setSoTimeout(READ_LIMIT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    /// Sends the handshake of RFC 6455's example with further header lines, and returns the answer's head.
    String handshake(String target) throws IOException {
        send(target);
        return head();
    }

    /// Sends the handshake and does not wait for the answer.
    void send(String target) throws IOException {
        sendText(String.join("\r\n", "GET " + target + " HTTP/1.1", "Host: localhost", "Upgrade: websocket",
                "Connection: keep-alive, Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13", "", ""));
    }

    void sendText(String text) throws IOException {
        sendBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    String request(String... lines) throws IOException {
        sendText(String.join("\r\n", lines) + "\r\n\r\n");
        return head();
    }

    private String head() throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.readByte());
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    void send(int opcode, byte[] payload) throws IOException {
        var frame = new ByteArrayOutputStream();
        frame.write(0x80 | opcode);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ MASK[i % MASK.length]);
        }
        sendBytes(frame.toByteArray());
    }

    void sendBytes(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    Received read() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Received(first & 0x0f, payload);
    }

    /// Reads this many bytes, of whatever.
    void skip(int bytes) throws IOException {
        in.skipNBytes(bytes);
    }

    /// Reads on until the server closes the socket and returns the last frame before that.
    Received readLast() throws IOException {
        Received last = read();
        try {
            while (true) {
                last = read();
            }
        } catch (EOFException end) {
            return last;
        }
    }

    /// Ends this side without a close frame.
    void endInput() throws IOException {
        socket.shutdownOutput();
    }

    boolean isClosed() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
