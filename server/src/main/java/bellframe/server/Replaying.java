package bellframe.server;

import bellframe.streaming.ReplayPoint;
import bellframe.streaming.StreamReplay.Part;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A replay from its beginning to its end: part after part, with patience for a stream that takes nothing for a moment.
final class Replaying {

    /// For how long a stream may take nothing before it is given up.
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(8);

    /// Asks a server for a part.
    @FunctionalInterface
    interface Server {
        Part append(ReplayRequest request) throws IOException, InterruptedException;
    }

    private final Server server;
    private final LongSupplier nanoTime;
    private final Consumer<Duration> pause;
    private final Consumer<String> progress;
    private long appended;
    private long refused;
    private @Nullable ReplayPoint reached;

    /// @param pause waits
    /// @param progress gets a line now and then
    Replaying(Server server, LongSupplier nanoTime, Consumer<Duration> pause, Consumer<String> progress) {
        this.server = server;
        this.nanoTime = nanoTime;
        this.pause = pause;
        this.progress = progress;
    }

    /// Replays everything.
    ///
    /// @return what was done, for people
    /// @throws IOException if it came to no end, with how far it came and how to go on
    String run(ReplayRequest request) throws IOException, InterruptedException {
        reached = request.after();
        long patientUntil = patience();
        Duration nextPause = FIRST_PAUSE;
        while (true) {
            Part part = append(request);
            appended += part.appended();
            refused += part.refused();
            reached = part.next() == null ? reached : part.next();
            if (part.failure() == null && part.next() == null) {
                return counts();
            }
            if (part.failure() == null || part.appended() + part.refused() > 0) {
                patientUntil = patience();
                nextPause = FIRST_PAUSE;
            }
            if (part.failure() != null) {
                if (nanoTime.getAsLong() - patientUntil >= 0) {
                    throw new IOException("the stream takes nothing: " + part.failure() + end());
                }
                progress.accept("waiting, for the stream takes nothing: " + part.failure());
                pause.accept(nextPause);
                nextPause = nextPause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? nextPause.multipliedBy(2) : PAUSE_MAX;
            } else {
                progress.accept(counts() + " so far");
            }
        }
    }

    private long patience() {
        return nanoTime.getAsLong() + PATIENCE.toNanos();
    }

    private Part append(ReplayRequest request) throws IOException, InterruptedException {
        try {
            return server.append(request.from(reached));
        } catch (IOException lost) {
            throw new IOException(lost.getMessage() + end(), lost);
        }
    }

    private String counts() {
        return "messages appended: " + appended + (refused == 0 ? "" : ", refused for good: " + refused);
    }

    private String end() {
        return "; " + counts() + (reached == null ? "" : "; to go on, add --after " + reached);
    }
}
