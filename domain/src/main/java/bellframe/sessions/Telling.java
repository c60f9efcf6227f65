package bellframe.sessions;

import bellframe.names.UserArn;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells single clients something out of the store, beside the events: each on a thread of its own, which waits until the
/// client has taken what it was sent, and only a few of them reading at a time.
final class Telling implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Telling.class);

    /// How many clients the store is read for at a time; the others wait, while requests are served.
    private static final int READING_MAX = 8;
    private static final int CLOSE_LIMIT_SECONDS = 5;

    /// What tells one client.
    @FunctionalInterface
    interface Task {
        void run() throws InterruptedException;
    }

    private final Semaphore reading = new Semaphore(READING_MAX, true);
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("telling-", 0).factory());

    /// Begins to tell a client; returns at once.
    void start(UserArn user, Connection connection, Task task) {
        threads.execute(() -> {
            try {
                task.run();
            } catch (InterruptedException stopped) {
                log.debug("the server stops, {} is not told the rest", user);
            } catch (RuntimeException failure) {
                if (connection.isOpen()) {
                    log.error("{} could not be told", user, failure);
                    // It cannot know what is missing, and gets everything when it comes back.
                    connection.close(CloseReason.INTERNAL_ERROR);
                } else {
                    log.debug("{} is gone and not told the rest", user, failure);
                }
            }
        });
    }

    /// Reads for one of the tasks.
    <T extends @Nullable Object> T read(Supplier<T> reader) throws InterruptedException {
        reading.acquire();
        try {
            return reader.get();
        } finally {
            reading.release();
        }
    }

    /// Waits for what a lane does for one of the tasks.
    static <T extends @Nullable Object> T await(CompletableFuture<T> done) throws InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a client could not be told", failure.getCause());
        }
    }

    /// Tells nobody anything more; waits until nothing is read any more.
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                log.warn("clients are still being told something");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
