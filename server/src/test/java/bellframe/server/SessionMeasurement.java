package bellframe.server;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Measures what sessions cost: in memory, in time to the last member of a channel, and with many channels.
///
/// Not a test: `docs/performance.md` has the command and the figures.
final class SessionMeasurement {

    private static final List<String> FANOUT = List.of("ws:10x1000", "ws:1000x500", "wss:1000x500", "ws:10000x100");

    private SessionMeasurement() {
    }

    /// Takes the figure, and sizes to use instead of those of `docs/performance.md`:
    ///
    /// - `memory [FEW MANY [QUIET_SECONDS]]`
    /// - `fanout [ws:MEMBERSxMESSAGES | wss:MEMBERSxMESSAGES]...`
    /// - `many-channels [FEW MANY [ROUNDS]]`
    static void main(String[] args) throws IOException, InterruptedException {
        List<String> sizes = Arrays.asList(args).subList(1, args.length);
        switch (args[0]) {
            case "memory" -> new IdleSessionMeasurement(size(sizes, 0, 1_000), size(sizes, 1, 5_000),
                    Duration.ofSeconds(size(sizes, 2, 35)), System.out).measure();
            case "fanout" -> new FanOutMeasurement(sizes.isEmpty() ? FANOUT : sizes, System.out).measure();
            case "many-channels" -> new ManyChannelsMeasurement(size(sizes, 0, 60), size(sizes, 1, 20_000),
                    size(sizes, 2, 3), System.out).measure();
            default -> throw new IllegalArgumentException(args[0] + " is not memory, fanout or many-channels");
        }
    }

    /// A server to measure, with the JVM options that `BELLFRAME_JAVA_OPTS` gives to servers.
    static RunningServer server() {
        var server = new RunningServer().with("BELLFRAME_LOG_LEVEL", "info")
                .with("BELLFRAME_CONNECTIONS_PER_ADDRESS_MAX", "0");
        Stream.of(System.getenv().getOrDefault("BELLFRAME_JAVA_OPTS", "").split(" ", -1))
                .filter(option -> !option.isEmpty())
                .forEach(server::withJvmOption);
        return server;
    }

    private static int size(List<String> sizes, int place, int usual) {
        return place < sizes.size() ? Integer.parseInt(sizes.get(place)) : usual;
    }
}
