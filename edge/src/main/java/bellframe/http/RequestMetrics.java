package bellframe.http;

import bellframe.refusals.Refusal;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Counts and times requests per operation and error.
final class RequestMetrics {

    private static final Duration[] BUCKETS = {Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(25),
            Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofMillis(2500)};

    private final MeterRegistry registry;
    private final Map<Outcome, Timer> timers = new ConcurrentHashMap<>();
    private final Map<Refusal, Counter> refusals = new ConcurrentHashMap<>();

    RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    Clock clock() {
        return registry.config().clock();
    }

    /// @param error the error's name, `none` for a success
    void record(String operation, String error, long nanos) {
        timers.computeIfAbsent(new Outcome(operation, error), this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    /// Counts a request that was refused before any work was done for it.
    void refused(Refusal refusal) {
        refusals.computeIfAbsent(refusal, this::counter).increment();
    }

    private Counter counter(Refusal refusal) {
        return Counter.builder("bellframe.requests.refused")
                .description("Requests refused at the door by error: no room, draining, or not acceptable as HTTP")
                .tag("error", refusal.error())
                .register(registry);
    }

    private Timer timer(Outcome outcome) {
        return Timer.builder("bellframe.requests")
                .description("Requests by operation and error, from the last byte read to the answer made")
                .tag("operation", outcome.operation)
                .tag("error", outcome.error)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private record Outcome(String operation, String error) {
    }
}
