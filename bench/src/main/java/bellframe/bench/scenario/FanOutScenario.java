package bellframe.bench.scenario;

import bellframe.bench.load.Client;
import bellframe.bench.load.FanOutLoad;
import bellframe.bench.load.FanOutLoad.Deliveries;
import bellframe.bench.load.Measured;
import bellframe.bench.load.Messages;
import bellframe.bench.load.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One sender, and all members of its channel connected: as many deliveries as can be, and then message by message.
final class FanOutScenario implements Scenario {

    private static final Figure DELIVERIES = Figure.rate("deliveries");
    private static final Figure LAST_P50 = Figure.millis("to last p50");
    private static final Figure LAST_P99 = Figure.millis("to last p99");
    private static final Figure SPREAD_P50 = Figure.millis("first sign to last p50");
    private static final Figure SPREAD_P99 = Figure.millis("first sign to last p99");
    private static final Figure ANSWER_P50 = Figure.millis("to answer p50");
    private static final Figure ANSWER_P99 = Figure.millis("to answer p99");
    private static final Figure SERVER_CPU = Figure.micros("CPU of server per delivery");
    private static final Figure CLIENT_CPU = Figure.micros("CPU of client");
    private static final int AT_ONCE = 8;
    private static final int WARM_UPS = 3;
    private static final double NANOS_PER_MICRO = 1_000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    private final int members;
    private final boolean tls;
    private final int contentCharacters;
    private final double perSecond;
    private final Duration duration;
    private final boolean stuck;

    /// @param perSecond messages of the timetable
    /// @param duration of each half of a run
    FanOutScenario(int members, boolean tls, int contentCharacters, double perSecond, Duration duration) {
        this(members, tls, contentCharacters, perSecond, duration, false);
    }

    /// @param stuck whether one more member connects for each run and takes nothing off the wire
    FanOutScenario(int members, boolean tls, int contentCharacters, double perSecond, Duration duration,
            boolean stuck) {
        this.stuck = stuck;
        this.members = members;
        this.tls = tls;
        this.contentCharacters = contentCharacters;
        this.perSecond = perSecond;
        this.duration = duration;
    }

    @Override
    public String title() {
        return "fanout: %,d sessions over %s, %d bytes of content; paced: %.0f messages/s".formatted(members,
                tls ? "wss" : "ws", contentCharacters, perSecond);
    }

    @Override
    public List<Figure> figures() {
        return List.of(DELIVERIES, LAST_P50, LAST_P99, SPREAD_P50, SPREAD_P99, ANSWER_P50, ANSWER_P99, SERVER_CPU,
                CLIENT_CPU);
    }

    @Override
    public String times() {
        return "from when a message was to be sent until all members have it, paced";
    }

    @Override
    public Prepared prepare(Subject subject) {
        Subject.Crowd crowd = subject.crowd(stuck ? members + 1 : members);
        Client client = subject.client(tls);
        var sessions = new Sessions(client);
        sessions.open(crowd.members().subList(0, members));
        var script = new Messages(List.of(crowd.send()), contentCharacters);
        var prepared = new PreparedFanOut(subject, client, sessions, script, crowd.members().getLast());
        prepared.warmUp();
        return prepared;
    }

    private final class PreparedFanOut implements Prepared {

        private final Subject subject;
        private final Client client;
        private final Sessions sessions;
        private final Messages script;
        private final String last;

        PreparedFanOut(Subject subject, Client client, Sessions sessions, Messages script, String last) {
            this.last = last;
            this.subject = subject;
            this.client = client;
            this.sessions = sessions;
            this.script = script;
        }

        void warmUp() {
            try (var load = load()) {
                for (int i = 0; i < WARM_UPS; i++) {
                    load.saturate(duration);
                }
            }
        }

        /// Connections that ask for nothing are cut off after a while, so each run has its own.
        private FanOutLoad load() {
            return new FanOutLoad(client, sessions, script, AT_ONCE);
        }

        @Override
        public Run run() {
            ProcessHandle server = subject.process().handle();
            try (var load = load()) {
                long began = System.nanoTime();
                CpuTime before = CpuTime.now(server);
                double deliveries = load.saturate(duration);
                CpuTime saturating = CpuTime.now(server).since(before);
                double seconds = (System.nanoTime() - began) / NANOS_PER_SECOND;
                Deliveries paced = paced(load);
                double others = CpuTime.now(server)
                        .since(before)
                        .othersShare(Duration.ofNanos(System.nanoTime() - began));
                sessions.requireOpen();
                return new Run(Map.of(
                        DELIVERIES, deliveries,
                        LAST_P50, Measured.millis(paced.toLast(), 50),
                        LAST_P99, Measured.millis(paced.toLast(), 99),
                        SPREAD_P50, Measured.millis(paced.spread(), 50),
                        SPREAD_P99, Measured.millis(paced.spread(), 99),
                        ANSWER_P50, Measured.millis(paced.toAnswer(), 50),
                        ANSWER_P99, Measured.millis(paced.toAnswer(), 99),
                        SERVER_CPU, saturating.server().toNanos() / NANOS_PER_MICRO / (deliveries * seconds),
                        CLIENT_CPU, saturating.client().toNanos() / NANOS_PER_MICRO / (deliveries * seconds)),
                        paced.toLast(), others);
            }
        }

        private Deliveries paced(FanOutLoad load) {
            try (var besides = new Sessions(client)) {
                if (stuck) {
                    besides.openStuck(last);
                }
                return load.oneByOne((int) Math.ceil(perSecond * duration.toMillis() / MILLIS_PER_SECOND), perSecond);
            }
        }

        @Override
        public void close() {
            sessions.close();
            client.close();
        }
    }
}
