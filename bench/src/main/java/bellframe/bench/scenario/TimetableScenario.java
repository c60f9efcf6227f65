package bellframe.bench.scenario;

import bellframe.bench.load.Client;
import bellframe.bench.load.Measured;
import bellframe.bench.load.Messages;
import bellframe.bench.load.Pace;
import bellframe.bench.load.Request;
import bellframe.bench.load.RequestLoad;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Messages by a timetable, to channels of which somebody outside hears or not.
final class TimetableScenario implements Scenario {

    private static final Figure P50 = Figure.millis("p50");
    private static final Figure P99 = Figure.millis("p99");
    private static final Figure P999 = Figure.millis("p99.9");
    private static final Figure SERVER_CPU = Figure.micros("CPU of server");
    private static final int WARM_UPS = 3;
    private static final double NANOS_PER_MICRO = 1_000;

    private final String name;
    private final int channels;
    private final int contentCharacters;
    private final double perSecond;
    private final Duration duration;

    /// @param name what is compared
    TimetableScenario(String name, int channels, int contentCharacters, double perSecond, Duration duration) {
        this.name = name;
        this.channels = channels;
        this.contentCharacters = contentCharacters;
        this.perSecond = perSecond;
        this.duration = duration;
    }

    @Override
    public String title() {
        return "%s: %,d channels, %d bytes of content, %,.0f messages/s".formatted(name, channels,
                contentCharacters, perSecond);
    }

    @Override
    public List<Figure> figures() {
        return List.of(P50, P99, P999, SERVER_CPU);
    }

    @Override
    public String times() {
        return "from when a message was to be sent to its answer";
    }

    @Override
    public Prepared prepare(Subject subject) {
        List<Messages> scripts = subject.channels(channels)
                .stream()
                .map(send -> new Messages(List.<Request>of(send), contentCharacters))
                .toList();
        var client = subject.client(false);
        var load = new RequestLoad(client, scripts);
        for (int i = 0; i < WARM_UPS; i++) {
            load.run(new Pace.Timetable(perSecond), duration);
        }
        return new PreparedTimetable(subject, client, load);
    }

    private final class PreparedTimetable implements Prepared {

        private final Subject subject;
        private final Client client;
        private final RequestLoad load;

        PreparedTimetable(Subject subject, Client client, RequestLoad load) {
            this.subject = subject;
            this.client = client;
            this.load = load;
        }

        @Override
        public Run run() {
            ProcessHandle server = subject.process().handle();
            long began = System.nanoTime();
            CpuTime before = CpuTime.now(server);
            Measured paced = load.run(new Pace.Timetable(perSecond), duration);
            CpuTime used = CpuTime.now(server).since(before);
            double others = used.othersShare(Duration.ofNanos(System.nanoTime() - began));
            return new Run(Map.of(
                    P50, Measured.millis(paced.all(), 50),
                    P99, Measured.millis(paced.all(), 99),
                    P999, Measured.millis(paced.all(), 99.9),
                    SERVER_CPU, used.server().toNanos() / NANOS_PER_MICRO / paced.all().getTotalCount()), paced.all(),
                    others);
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
