package bellframe.retention;

import bellframe.purges.Purge;
import bellframe.purges.Purges;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does purges, on threads of its own, until each is done.
public final class PurgeWorker implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PurgeWorker.class);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final long CLOSE_LIMIT_SECONDS = 5;

    /// So many that a large app instance does not keep a small channel waiting.
    private static final int THREADS = 4;

    private final Purges purges;
    private final Purger purger;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS,
            Thread.ofPlatform().daemon().name("purge-", 0).factory());

    public PurgeWorker(Purges purges, Purger purger, MeterRegistry meters) {
        this.purges = purges;
        this.purger = purger;
        Gauge.builder("bellframe.purges", waiting, AtomicInteger::get)
                .description("Deletions whose rows are still to be removed")
                .register(meters);
    }

    /// Takes up what earlier runs of the server left undone, then whatever is deleted. Call it before anybody can delete
    /// anything: what is planned and not gone then is a deletion that never came to be.
    public void start() {
        for (Purge purge : purges.planned()) {
            if (purger.isGone(purge)) {
                begin(purge);
            } else {
                purges.done(purge);
            }
        }
        purges.onBegin(this::begin);
    }

    private void begin(Purge purge) {
        waiting.incrementAndGet();
        later(purge, Duration.ZERO);
    }

    private void later(Purge purge, Duration delay) {
        try {
            var _ = threads.schedule(() -> work(purge), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            log.debug("{} is left to the next start", purge);
        }
    }

    private void work(Purge purge) {
        try {
            if (purger.isGone(purge)) {
                purger.purge(purge);
                purges.done(purge);
                log.debug("purged {}", purge);
            }
            waiting.decrementAndGet();
        } catch (RuntimeException failure) {
            if (threads.isShutdown()) {
                log.debug("{} is left to the next start", purge);
            } else {
                log.warn("{} failed and is tried again in {}", purge, RETRY, failure);
                later(purge, RETRY);
            }
        }
    }

    /// Leaves what is not done to the next start.
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                log.warn("a purge did not end in time");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
