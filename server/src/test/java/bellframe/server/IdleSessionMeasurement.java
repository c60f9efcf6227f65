package bellframe.server;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/// Measures what an idle session costs the server in memory: the slope between few and many of them.
final class IdleSessionMeasurement {

    private static final int CLASSES = 12;

    private final int few;
    private final int many;
    private final Duration quiet;
    private final PrintStream out;

    private record Slope(Scheme scheme, ServerMemory few, ServerMemory many, int sessions) {

        double rss() {
            return (double) (many.rssBytes() - few.rssBytes()) / sessions;
        }

        double heap() {
            return (double) (many.heap().bytes() - few.heap().bytes()) / sessions;
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
        out.printf("| | RSS per session | live heap per session | RSS at %,d | at %,d | live heap at %,d | at %,d |%n"
                + "|---|---|---|---|---|---|---|%n", few, many, few, many);
        print("ws", plain);
        print("wss", tls);
        out.printf("| wss/ws | %.2f | %.2f | | | | |%n%n", tls.rss() / plain.rss(), tls.heap() / plain.heap());
        printGrowth("ws", plain);
        printGrowth("wss", tls);
    }

    private Slope slope(Scheme scheme) throws InterruptedException {
        try (var server = new RunningServer()) {
            server.with("BELLFRAME_LOG_LEVEL", "info").start();
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
        out.printf("| %s | %,.0f B | %,.0f B | %,d KiB | %,d KiB | %,d KiB | %,d KiB |%n", name, slope.rss(),
                slope.heap(), slope.few().rssBytes() / 1_024, slope.many().rssBytes() / 1_024,
                slope.few().heap().bytes() / 1_024, slope.many().heap().bytes() / 1_024);
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
