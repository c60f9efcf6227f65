package bellframe.bench.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/// Sessions that are opened by a timetable, one after the other, and closed once they are established.
public final class ConnectLoad implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final double NANOS_PER_SECOND = 1e9;

    private final Client client;
    private final List<String> users;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    /// @param users who connect, in turn
    public ConnectLoad(Client client, List<String> users) {
        this.client = client;
        this.users = List.copyOf(users);
    }

    /// Connects for as long as it is told to, beside other loads; the times are from when each was to connect to its first
    /// frame.
    public Future<Histogram> start(double perSecond, Duration duration) {
        return thread.submit(() -> {
            Histogram nanos = Measured.histogram();
            long period = (long) (NANOS_PER_SECOND / perSecond);
            long began = System.nanoTime();
            for (long due = 0; due < duration.toNanos(); due += period) {
                long early = began + due - System.nanoTime();
                if (early > 0) {
                    Thread.sleep(Duration.ofNanos(early));
                }
                connect(users.get((int) (due / period % users.size())));
                nanos.recordValue(System.nanoTime() - began - due);
            }
            return nanos;
        });
    }

    private void connect(String user) {
        var established = new CompletableFuture<Void>();
        SessionConnection session = client
                .connect(channel -> new SessionConnection(channel, new FirstFrame(established)));
        client.loop().execute(() -> client.open(session, user));
        Client.await(established, LIMIT);
        session.channel().close().syncUninterruptibly();
    }

    private record FirstFrame(CompletableFuture<Void> established) implements SessionConnection.Frames {

        @Override
        public void text() {
            established.complete(null);
        }

        @Override
        public void counted() {
            // One frame is all that is waited for.
        }

        @Override
        public void ended(String why) {
            established.completeExceptionally(new IllegalStateException(why));
        }
    }

    /// What [#start] came to.
    public static Histogram result(Future<Histogram> started) {
        try {
            return started.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
