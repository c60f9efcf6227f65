package bellframe.bench.scenario;

import bellframe.bench.load.Client;
import bellframe.bench.load.Measured;
import bellframe.bench.load.Pace;
import bellframe.bench.load.Request;
import bellframe.bench.load.RequestLoad;
import bellframe.bench.load.Rotation;
import bellframe.bench.load.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The newest page of channels, over and over.
final class ListScenario implements Scenario {

    private static final Figure PAGES = Figure.rate("pages");
    private static final Figure P50 = Figure.millis("p50");
    private static final Figure P99 = Figure.millis("p99");
    private static final Figure SERVER_CPU = Figure.micros("CPU of server");
    private static final int CHANNELS = 100;
    private static final int WARM_UPS = 3;
    private static final double NANOS_PER_MICRO = 1_000;

    private final int connections;
    private final int pageSize;
    private final Duration duration;

    ListScenario(int connections, int pageSize, Duration duration) {
        this.connections = connections;
        this.pageSize = pageSize;
        this.duration = duration;
    }

    @Override
    public String title() {
        return "list: newest %d messages of %d channels in turn, %d connections".formatted(pageSize, CHANNELS,
                connections);
    }

    @Override
    public List<Figure> figures() {
        return List.of(PAGES, P50, P99, SERVER_CPU);
    }

    @Override
    public String times() {
        return "from asking for a page to having it";
    }

    @Override
    public Prepared prepare(Subject subject) {
        List<Request> lists = subject.channels(CHANNELS)
                .stream()
                .map(channel -> channel.newestMessages(pageSize))
                .toList();
        List<Script> scripts = IntStream.range(0, connections).mapToObj(_ -> Rotation.of(lists)).toList();
        Client client = subject.client(false);
        var load = new RequestLoad(client, scripts);
        for (int i = 0; i < WARM_UPS; i++) {
            load.run(new Pace.Saturating(), duration);
        }
        return new PreparedList(subject, client, load);
    }

    private final class PreparedList implements Prepared {

        private final Subject subject;
        private final Client client;
        private final RequestLoad load;

        PreparedList(Subject subject, Client client, RequestLoad load) {
            this.subject = subject;
            this.client = client;
            this.load = load;
        }

        @Override
        public Run run() {
            ProcessHandle server = subject.process().handle();
            CpuTime before = CpuTime.now(server);
            Measured pages = load.run(new Pace.Saturating(), duration);
            CpuTime used = CpuTime.now(server).since(before);
            return new Run(Map.of(
                    PAGES, pages.perSecond(),
                    P50, Measured.millis(pages.all(), 50),
                    P99, Measured.millis(pages.all(), 99),
                    SERVER_CPU, used.server().toNanos() / NANOS_PER_MICRO / pages.all().getTotalCount()), pages.all(),
                    used.othersShare(pages.elapsed()));
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
