package bellframe.outbox;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The threads that hand over, until they are closed. What is not done by then is left to the next start.
final class Workers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Workers.class);
    private static final long CLOSE_LIMIT_SECONDS = 5;

    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("outbox-", 0).factory());
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("outbox-timer").factory());
    private volatile boolean closed;

    boolean closed() {
        return closed;
    }

    /// Runs a task on a thread of its own.
    ///
    /// @return false if nothing is done any more
    boolean execute(Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException _) {
            log.debug("what waits in the outbox is left to the next start");
            return false;
        }
    }

    /// Runs a task once a while has passed.
    ///
    /// @param task short: it keeps others waiting
    void schedule(Runnable task, Duration delay) {
        try {
            var _ = timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            log.debug("what waits in the outbox is left to the next start");
        }
    }

    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                log.warn("not all that was being handed over ended in time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
