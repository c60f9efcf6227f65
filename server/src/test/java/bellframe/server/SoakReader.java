package bellframe.server;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// One user of a soak with a session, which it opens again whenever it ends.
final class SoakReader implements Runnable {

    /// How it treats its connection.
    enum Manner {
        GOOD,
        /// Stops reading now and then until it is closed.
        SLOW,
        /// Tears its connection off now and then.
        TEARING
    }

    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int READ_LIMIT_MILLIS = 60_000;
    private static final int SMALL_BUFFER_BYTES = 4 * 1024;

    private final String user;
    private final Manner manner;
    private final Supplier<SdkClients> clients;
    private final Random random;
    private final List<SoakLife> lives = new CopyOnWriteArrayList<>();
    private volatile Socket socket = new Socket();
    private volatile boolean stopped;
    private volatile boolean calm;

    SoakReader(String user, Manner manner, Supplier<SdkClients> clients, long seed) {
        this.user = user;
        this.manner = manner;
        this.clients = clients;
        this.random = new Random(seed);
    }

    List<SoakLife> lives() {
        return lives;
    }

    boolean isEstablished() {
        return !lives.isEmpty() && lives.getLast().isEstablished();
    }

    /// Behaves itself from now on.
    private boolean isGood() {
        return manner == Manner.GOOD || calm;
    }

    void calmDown() {
        calm = true;
    }

    void stop() throws IOException {
        stopped = true;
        socket.close();
    }

    @Override
    public void run() {
        while (!stopped) {
            var life = new SoakLife(user);
            try {
                live(life);
            } catch (IOException ended) {
                // The server, or the network as this reader plays it, ended the connection; the next one follows.
                LockSupport.parkNanos(PAUSE.toNanos());
            } finally {
                if (!stopped) {
                    life.ended();
                }
            }
        }
    }

    private void live(SoakLife life) throws IOException {
        URI endpoint = clients.get().signedRequests().endpoint();
        try (var connection = new Socket()) {
            socket = connection;
            if (stopped) {
                return;
            }
            if (manner == Manner.SLOW) {
                connection.setReceiveBufferSize(SMALL_BUFFER_BYTES);
            }
            connection.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), endpoint.getPort()));
            connection.setSoTimeout(READ_LIMIT_MILLIS);
            var in = new DataInputStream(new BufferedInputStream(connection.getInputStream()));
            shakeHands(connection, in, endpoint);
            lives.add(life);
            read(connection, in, life);
        }
    }

    private void shakeHands(Socket connection, DataInputStream in, URI endpoint) throws IOException {
        URI base = URI.create("ws://localhost:" + endpoint.getPort());
        URI url = clients.get()
                .signedRequests()
                .connect(base, Map.of("userArn", user, "sessionId", Long.toString(random.nextLong())), Instant.now(),
                        LIFETIME);
        connection.getOutputStream()
                .write(String.join("\r\n", "GET " + url.getRawPath() + "?" + url.getRawQuery() + " HTTP/1.1",
                        "Host: localhost:" + endpoint.getPort(), "Upgrade: websocket", "Connection: Upgrade",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13", "", "")
                        .getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("refused: " + head.substring(0, head.indexOf("\r\n")));
        }
    }

    private void read(Socket connection, DataInputStream in, SoakLife life) throws IOException {
        while (true) {
            misbehave(connection);
            int first = in.readUnsignedByte();
            byte[] payload = new byte[length(in)];
            in.readFully(payload);
            switch (first) {
                case TEXT -> life.hear(payload);
                case PING -> pong(connection, payload);
                case CLOSE -> throw new IOException("closed");
                default -> throw new AssertionError("frame of kind " + first);
            }
        }
    }

    private static int length(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte();
        return switch (length) {
            case 126 -> in.readUnsignedShort();
            case 127 -> Math.toIntExact(in.readLong());
            default -> length;
        };
    }

    private static void pong(Socket connection, byte[] payload) throws IOException {
        byte[] pong = new byte[6 + payload.length];
        pong[0] = (byte) 0x8a;
        pong[1] = (byte) (0x80 | payload.length);
        // The mask is zero, so the payload stands as it is.
        System.arraycopy(payload, 0, pong, 6, payload.length);
        connection.getOutputStream().write(pong);
    }

    private void misbehave(Socket connection) throws IOException {
        if (isGood() || random.nextInt(300) != 0) {
            return;
        }
        if (manner == Manner.TEARING) {
            connection.setSoLinger(true, 0);
            throw new IOException("torn off");
        }
        LockSupport.parkNanos(PAUSE.multipliedBy(random.nextInt(40)).toNanos());
    }
}
