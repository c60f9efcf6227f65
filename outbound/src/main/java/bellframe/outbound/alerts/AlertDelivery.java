package bellframe.outbound.alerts;

import bellframe.alerts.Alert;
import bellframe.alerts.Alerts;
import bellframe.names.Account;
import bellframe.outbox.DeliveryFailed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes alerts to the log and delivers them to sinks, one after the other. Safe for use by many threads.
///
/// An alert that waits is lost when the process ends, and so is one that no attempt could deliver: they tell of something
/// that the server itself knows and keeps.
public final class AlertDelivery implements Alerts, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AlertDelivery.class);

    private static final int WAITING_MAX = 1_000;
    private static final int ATTEMPTS = 3;
    private static final Duration CLOSING_LIMIT = Duration.ofSeconds(2);

    /// What became of an alert.
    private enum Outcome {
        DELIVERED,
        FAILED,
        /// Too many others waited.
        OVERFLOW
    }

    private final Account account;
    private final String source;
    private final List<AlertSink> sinks;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Duration pause;
    private final CountDownLatch closing = new CountDownLatch(1);
    /// Has no thread before the first alert.
    private final ThreadPoolExecutor delivering = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX), Thread.ofVirtual().name("alerts").factory());

    /// @param source EventBridge's `source`
    /// @param pause before the second attempt; before each one after that it is four times as long
    AlertDelivery(Account account, String source, List<AlertSink> sinks, MeterRegistry meters, InstantSource clock,
            Duration pause) {
        this.account = account;
        this.source = source;
        this.sinks = List.copyOf(sinks);
        this.meters = meters;
        this.clock = clock;
        this.pause = pause;
        for (AlertSink sink : sinks) {
            for (Outcome outcome : Outcome.values()) {
                counter(sink.name(), outcome);
            }
        }
    }

    @Override
    public void raise(Alert alert) {
        try {
            var event = new AlertEvent(UUID.randomUUID(), source, account,
                    clock.instant().truncatedTo(ChronoUnit.SECONDS), alert);
            log.warn("{}: {}", alert.detailType(), event.detail());
            counter("log", Outcome.DELIVERED).increment();
            if (!sinks.isEmpty()) {
                enqueue(event);
            }
        } catch (RuntimeException problem) {
            log.error("an alert was lost", problem);
        }
    }

    private void enqueue(AlertEvent event) {
        try {
            delivering.execute(() -> sinks.forEach(sink -> deliver(event, sink)));
        } catch (RejectedExecutionException _) {
            sinks.forEach(sink -> counter(sink.name(), Outcome.OVERFLOW).increment());
            log.warn("an alert is delivered to the log only: {} others wait", delivering.getQueue().size());
        }
    }

    private void deliver(AlertEvent event, AlertSink sink) {
        try {
            deliverWithin(ATTEMPTS, event, sink);
            counter(sink.name(), Outcome.DELIVERED).increment();
        } catch (DeliveryFailed problem) {
            failed(sink, problem.reason());
        } catch (RuntimeException problem) {
            failed(sink, problem.toString());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            failed(sink, "the server stops");
        }
    }

    private void deliverWithin(int attempts, AlertEvent event, AlertSink sink)
            throws DeliveryFailed, InterruptedException {
        Duration next = pause;
        for (int attempt = 1; attempt < attempts; attempt++) {
            try {
                sink.deliver(event);
                return;
            } catch (DeliveryFailed problem) {
                if (problem.permanent()) {
                    throw problem;
                }
                pause(next);
                next = next.multipliedBy(4);
            }
        }
        sink.deliver(event);
    }

    /// Ends at once when the server stops, so that what waits still gets its chance.
    private void pause(Duration time) throws InterruptedException {
        closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void failed(AlertSink sink, String reason) {
        counter(sink.name(), Outcome.FAILED).increment();
        log.warn("an alert could not be delivered to {}: {}", sink.name(), reason);
    }

    private Counter counter(String sink, Outcome outcome) {
        return Counter.builder("bellframe.alerts")
                .description("Alerts, by where they went and what became of them")
                .tag("sink", sink)
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }

    /// Gives what waits two seconds; no alert goes further than the log any more.
    @Override
    public void close() {
        closing.countDown();
        delivering.shutdown();
        try {
            if (delivering.awaitTermination(CLOSING_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        int lost = delivering.shutdownNow().size();
        sinks.forEach(sink -> counter(sink.name(), Outcome.FAILED).increment(lost));
        log.warn("the server stops before all alerts are delivered: {} did not get their turn", lost);
    }
}
