package bellframe.server;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int SMALL_BUFFER_BYTES = 4 * 1024;

    private final String user;
    private final Manner manner;
    /// Whether it asks, when it comes back, for what it missed.
    private final boolean catchingUp;
    private final Supplier<SdkClients> clients;
    private final Random random;
    private final List<SoakLife> lives = new CopyOnWriteArrayList<>();
    private volatile @Nullable RawSession session;
    private volatile boolean stopped;
    private volatile boolean calm;

    SoakReader(String user, Manner manner, Supplier<SdkClients> clients, long seed) {
        this.user = user;
        this.manner = manner;
        this.clients = clients;
        this.random = new Random(seed);
        this.catchingUp = random.nextBoolean();
    }

    List<SoakLife> lives() {
        return lives;
    }

    boolean isEstablished() {
        return !lives.isEmpty() && lives.getLast().isEstablished();
    }

    private boolean isGood() {
        return manner == Manner.GOOD || calm;
    }

    /// Behaves itself from now on, on a connection without a past.
    void calmDown() throws IOException {
        calm = true;
        if (manner != Manner.GOOD) {
            endSession();
        }
    }

    void stop() throws IOException {
        stopped = true;
        endSession();
    }

    private void endSession() throws IOException {
        RawSession last = session;
        if (last != null) {
            last.close();
        }
    }

    @Override
    public void run() {
        while (!stopped) {
            SoakLife life = nextLife();
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

    /// One that catches up goes on with the life it had.
    private SoakLife nextLife() {
        return catchingUp && !lives.isEmpty() ? lives.getLast() : new SoakLife(user);
    }

    private void live(SoakLife life) throws IOException {
        int buffer = isGood() ? 0 : SMALL_BUFFER_BYTES;
        try (var connection = new RawSession(clients.get(), parameters(life), buffer)) {
            session = connection;
            life.begins();
            if (lives.isEmpty() || lives.getLast() != life) {
                lives.add(life);
            }
            while (!stopped) {
                misbehave(connection);
                hear(connection, life);
            }
        }
    }

    private Map<String, String> parameters(SoakLife life) {
        var parameters = new HashMap<>(Map.of("userArn", user, "sessionId", Long.toString(random.nextLong())));
        String position = life.position();
        if (position != null) {
            parameters.put("replay-after", position);
        }
        return parameters;
    }

    private static void hear(RawSession connection, SoakLife life) throws IOException {
        RawSession.Frame frame = connection.read();
        switch (frame.kind()) {
            case RawSession.TEXT -> life.hear(frame.payload());
            case RawSession.PING -> connection.pong(frame.payload());
            case RawSession.CLOSE -> throw new IOException("closed");
            default -> throw new AssertionError("frame of kind " + frame.kind());
        }
    }

    private void misbehave(RawSession connection) throws IOException {
        if (isGood() || random.nextInt(300) != 0) {
            return;
        }
        if (manner == Manner.TEARING) {
            connection.tearOff();
            throw new IOException("torn off");
        }
        LockSupport.parkNanos(PAUSE.multipliedBy(random.nextInt(40)).toNanos());
    }
}
