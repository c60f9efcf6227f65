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
import java.util.stream.IntStream;

/// Durable messages: as many as can be, and then by a timetable.
final class SendScenario implements Scenario {

    private static final Figure MESSAGES = Figure.rate("messages");
    private static final Figure P50 = Figure.millis("p50");
    private static final Figure P99 = Figure.millis("p99");
    private static final Figure PACED_P50 = Figure.millis("paced p50");
    private static final Figure PACED_P99 = Figure.millis("paced p99");
    private static final Figure PACED_P999 = Figure.millis("paced p99.9");
    private static final Figure SERVER_CPU = Figure.micros("CPU of server");
    private static final Figure CLIENT_CPU = Figure.micros("CPU of client");
    /// Of what the first subject can do at most.
    private static final double PACED_SHARE = 0.5;
    private static final int WARM_UPS = 3;
    private static final double NANOS_PER_MICRO = 1_000;

    private final int connections;
    private final int channels;
    private final int contentCharacters;
    private final Duration duration;
    private double perSecond;

    /// @param perSecond of the timetable; 0 for half of what the first subject can do
    /// @param duration of each half of a run
    SendScenario(int connections, int channels, int contentCharacters, double perSecond, Duration duration) {
        this.connections = connections;
        this.channels = channels;
        this.contentCharacters = contentCharacters;
        this.perSecond = perSecond;
        this.duration = duration;
    }

    @Override
    public String title() {
        return "send: %d connections, %,d channels, %d bytes of content; paced: %,.0f messages/s".formatted(connections,
                channels, contentCharacters, perSecond);
    }

    @Override
    public List<Figure> figures() {
        return List.of(MESSAGES, P50, P99, PACED_P50, PACED_P99, PACED_P999, SERVER_CPU, CLIENT_CPU);
    }

    @Override
    public String times() {
        return "from when a message was to be sent to its answer, paced";
    }

    @Override
    public Prepared prepare(Subject subject) {
        List<Request> sends = subject.channels(channels);
        List<Messages> scripts = IntStream.range(0, connections)
                .mapToObj(connection -> new Messages(share(sends, connection), contentCharacters))
                .toList();
        var client = subject.client(false);
        var prepared = new PreparedSend(subject, client, new RequestLoad(client, scripts));
        double able = prepared.warmUp();
        if (perSecond == 0) {
            perSecond = able * PACED_SHARE;
        }
        return prepared;
    }

    private List<Request> share(List<Request> sends, int connection) {
        return IntStream.range(0, sends.size())
                .filter(channel -> channel % connections == connection)
                .mapToObj(sends::get)
                .toList();
    }

    private final class PreparedSend implements Prepared {

        private final Subject subject;
        private final Client client;
        private final RequestLoad load;

        PreparedSend(Subject subject, Client client, RequestLoad load) {
            this.subject = subject;
            this.client = client;
            this.load = load;
        }

        double warmUp() {
            double able = 0;
            for (int i = 0; i < WARM_UPS; i++) {
                able = load.run(new Pace.Saturating(), duration).perSecond();
            }
            return able;
        }

        @Override
        public Run run() {
            ProcessHandle server = subject.process().handle();
            long began = System.nanoTime();
            CpuTime before = CpuTime.now(server);
            Measured saturated = load.run(new Pace.Saturating(), duration);
            CpuTime saturating = CpuTime.now(server).since(before);
            Measured paced = load.run(new Pace.Timetable(perSecond), duration);
            double others = CpuTime.now(server).since(before).othersShare(Duration.ofNanos(System.nanoTime() - began));
            long messages = saturated.all().getTotalCount();
            return new Run(Map.of(
                    MESSAGES, saturated.perSecond(),
                    P50, Measured.millis(saturated.all(), 50),
                    P99, Measured.millis(saturated.all(), 99),
                    PACED_P50, Measured.millis(paced.all(), 50),
                    PACED_P99, Measured.millis(paced.all(), 99),
                    PACED_P999, Measured.millis(paced.all(), 99.9),
                    SERVER_CPU, saturating.server().toNanos() / NANOS_PER_MICRO / messages,
                    CLIENT_CPU, saturating.client().toNanos() / NANOS_PER_MICRO / messages), paced.all(), others);
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
