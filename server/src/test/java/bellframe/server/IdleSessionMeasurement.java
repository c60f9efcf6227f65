package bellframe.server;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;

/// Measures what an idle session costs the server in memory: the slope between few and many of them.
final class IdleSessionMeasurement {

    private static final int CLASSES = 12;
    private static final double BYTES_PER_MEBI = 1_024 * 1_024;

    private final int few;
    private final int many;
    private final Duration quiet;
    private final PrintStream out;

    private record Slope(Scheme scheme, ServerMemory few, ServerMemory many, int sessions) {

        double of(ToLongFunction<ServerMemory> bytes) {
            return (double) (bytes.applyAsLong(many) - bytes.applyAsLong(few)) / sessions;
        }

        double rss() {
            return of(ServerMemory::rssBytes);
        }

        double heap() {
            return of(memory -> memory.heap().bytes());
        }

        double heapCommitted() {
            return of(ServerMemory::heapCommittedBytes);
        }
    }

    /// @param quiet before each look; longer than the interval between two pings
    IdleSessionMeasurement(int few, int many, Duration quiet, PrintStream out) {
        this.few = few;
        this.many = many;
        this.quiet = quiet;
        this.out = out;
    }

    void measure() throws InterruptedException {
        out.printf("## Memory per idle session, between %,d and %,d%n%n", few, many);
        Slope plain = slope(Scheme.PLAIN);
        Slope tls = slope(Scheme.TLS);
        out.printf("| bytes per session | RSS | live heap | committed heap |%n|---|---|---|---|%n"
                + "| wss/ws | %.2f | %.2f | %.2f |%n", tls.rss() / plain.rss(), tls.heap() / plain.heap(),
                tls.heapCommitted() / plain.heapCommitted());
        print("ws", plain);
        print("wss", tls);
        out.printf("%n| sessions | RSS | live heap | committed heap |%n|---|---|---|---|%n");
        print("ws", few, plain.few());
        print("ws", many, plain.many());
        print("wss", few, tls.few());
        print("wss", many, tls.many());
        out.println();
        printGrowth("ws", plain);
        printGrowth("wss", tls);
    }

    private Slope slope(Scheme scheme) throws InterruptedException {
        try (var server = SessionMeasurement.server()) {
            server.start();
            try (var clients = SdkClients.of(server);
                    var population = new Population(clients);
                    var client = new LightClient(clients, scheme)) {
                List<String> users = population.users(many);
                client.open(users.subList(0, few));
                ServerMemory before = quietened(server);
                client.requireOpen(few);
                client.open(users.subList(few, many));
                ServerMemory after = quietened(server);
                client.requireOpen(many);
                return new Slope(scheme, before, after, many - few);
            }
        }
    }

    private ServerMemory quietened(RunningServer server) throws InterruptedException {
        server.jcmd("GC.run");
        Thread.sleep(quiet);
        return ServerMemory.of(server);
    }

    private void print(String name, Slope slope) {
        out.printf("| %s | %,.0f | %,.0f | %,.0f |%n", name, slope.rss(), slope.heap(), slope.heapCommitted());
    }

    private void print(String name, int sessions, ServerMemory memory) {
        out.printf("| %s, %,d | %.1f MiB | %.1f MiB | %.1f MiB |%n", name, sessions, memory.rssBytes() / BYTES_PER_MEBI,
                memory.heap().bytes() / BYTES_PER_MEBI, memory.heapCommittedBytes() / BYTES_PER_MEBI);
    }

    private void printGrowth(String name, Slope slope) {
        out.printf("| class, %s | bytes per session |%n|---|---|%n", name);
        slope.many()
                .heap()
                .growthSince(slope.few().heap(), CLASSES)
                .forEach(growth -> out.printf("| `%s` | %,.0f |%n", growth.className(),
                        (double) growth.bytes() / slope.sessions()));
        out.println();
    }
}
