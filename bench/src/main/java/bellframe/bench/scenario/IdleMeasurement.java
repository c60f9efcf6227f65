package bellframe.bench.scenario;

import bellframe.bench.load.Calls;
import bellframe.bench.load.Client;
import bellframe.bench.load.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an idle session costs the server in memory: the slope between few and many of them.
final class IdleMeasurement {

    private static final Figure RSS = new Figure("RSS per session", "%,.0f B");
    private static final Figure HEAP = new Figure("live heap per session", "%,.0f B");
    private static final Figure RSS_FEW = new Figure("RSS with few", "%,.0f B");

    private final int few;
    private final int many;
    private final Duration quiet;

    /// @param quiet before each look; longer than the interval between two pings
    IdleMeasurement(int few, int many, Duration quiet) {
        this.few = few;
        this.many = many;
        this.quiet = quiet;
    }

    /// Measures sessions over ws and over wss in turn, on a new server each time.
    Comparison measure(int runs) throws InterruptedException {
        Map<String, List<Run>> results = new LinkedHashMap<>();
        for (int i = 0; i < runs; i++) {
            results.computeIfAbsent("wss", _ -> new ArrayList<>()).add(run(true));
            results.computeIfAbsent("ws", _ -> new ArrayList<>()).add(run(false));
        }
        return new Comparison(
                "idle: between %,d and %,d sessions, each after a GC and %d s of quiet".formatted(few, many,
                        quiet.toSeconds()),
                "", List.of(RSS, HEAP, RSS_FEW), results);
    }

    private Run run(boolean tls) throws InterruptedException {
        try (var lab = new Laboratory()) {
            Bellframe bellframe = lab.bellframe("data");
            List<String> users = users(bellframe);
            try (Client client = bellframe.client(tls); var sessions = new Sessions(client)) {
                sessions.open(users.subList(0, few));
                Memory before = quietened(bellframe);
                sessions.open(users.subList(few, many));
                Memory after = quietened(bellframe);
                sessions.requireOpen();
                return new Run(Map.of(
                        RSS, (double) (after.rssBytes() - before.rssBytes()) / (many - few),
                        HEAP, (double) (after.heapBytes() - before.heapBytes()) / (many - few),
                        RSS_FEW, (double) before.rssBytes()), 0);
            }
        }
    }

    private List<String> users(Bellframe bellframe) {
        try (Client client = bellframe.client(false); var calls = new Calls(client)) {
            return bellframe.users(calls, many);
        }
    }

    private Memory quietened(Bellframe bellframe) throws InterruptedException {
        Memory.collectGarbage(bellframe.process().handle());
        Thread.sleep(quiet);
        return Memory.of(bellframe.process().handle());
    }
}
