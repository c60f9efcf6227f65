package bellframe.websocket;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts how sessions end.
final class SessionMetrics {

    private static final String VANISHED = "vanished";

    private final MeterRegistry registry;
    private final Map<String, Counter> closes = new ConcurrentHashMap<>();

    SessionMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /// The server sent a close frame.
    void closed(int code) {
        count(String.valueOf(code));
    }

    /// A client answered no ping any more.
    void vanished() {
        count(VANISHED);
    }

    private void count(String code) {
        closes.computeIfAbsent(code, this::counter).increment();
    }

    private Counter counter(String code) {
        return Counter.builder("bellframe.session.closes")
                .description("Sessions that the server ended, by close code; vanished for those that answered no ping")
                .tag("code", code)
                .register(registry);
    }
}
