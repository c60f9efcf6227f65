package bellframe.server;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Measures what connecting costs a user of many channels; what else sessions cost, the load generator in `bench` tells.
///
/// Not a test: `docs/performance.md` has the command and the figures.
final class SessionMeasurement {

    private SessionMeasurement() {
    }

    /// Takes sizes to use instead of those of `docs/performance.md`: `[FEW MANY [ROUNDS]]`.
    static void main(String[] args) {
        List<String> sizes = Arrays.asList(args);
        new ManyChannelsMeasurement(size(sizes, 0, 60), size(sizes, 1, 20_000), size(sizes, 2, 3), System.out)
                .measure();
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
