package bellframe.bench.scenario;

import bellframe.bench.load.Client;
import bellframe.bench.load.ConnectLoad;
import bellframe.bench.load.Measured;
import bellframe.bench.load.Messages;
import bellframe.bench.load.Pace;
import bellframe.bench.load.Request;
import bellframe.bench.load.RequestLoad;
import bellframe.bench.load.Rotation;
import bellframe.bench.load.Script;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/// What a server does on a usual day: messages above all, pages of history, members who come and go, and clients who connect.
final class MixedScenario implements Scenario {

    private static final Figure REQUESTS = Figure.rate("requests");
    private static final Figure SERVER_CPU = Figure.micros("CPU of server");
    private static final Map<String, Figure> P99 = Map.of(
            "SendChannelMessage", Figure.millis("send p99"),
            "ListChannelMessages", Figure.millis("list p99"),
            "CreateChannelMembership", Figure.millis("join p99"),
            "DeleteChannelMembership", Figure.millis("leave p99"));
    private static final Figure CONNECT_P50 = Figure.millis("connect p50");
    private static final Figure CONNECT_P99 = Figure.millis("connect p99");
    /// Of twenty requests of a connection.
    private static final int SENDS = 14;
    private static final int LISTS = 4;
    private static final int PAGE = 50;
    private static final int CHANNELS_PER_CONNECTION = 10;
    private static final int WARM_UPS = 3;
    private static final double NANOS_PER_MICRO = 1_000;

    private final int connections;
    private final int contentCharacters;
    private final double connectsPerSecond;
    private final Duration duration;

    MixedScenario(int connections, int contentCharacters, double connectsPerSecond, Duration duration) {
        this.connections = connections;
        this.contentCharacters = contentCharacters;
        this.connectsPerSecond = connectsPerSecond;
        this.duration = duration;
    }

    @Override
    public String title() {
        return "mixed: %d connections, of 20 requests %d send, %d list, 1 joins, 1 leaves; %.0f sessions/s connect"
                .formatted(
                        connections, SENDS, LISTS, connectsPerSecond);
    }

    @Override
    public List<Figure> figures() {
        var figures = new ArrayList<>(List.of(REQUESTS, SERVER_CPU));
        P99.keySet().stream().sorted().map(P99::get).forEach(figures::add);
        figures.addAll(List.of(CONNECT_P50, CONNECT_P99));
        return figures;
    }

    @Override
    public String times() {
        return "from a request to its answer";
    }

    @Override
    public Prepared prepare(Subject subject) {
        List<Request> sends = subject.channels(connections * CHANNELS_PER_CONNECTION);
        List<String> others = subject.crowd(connections).members();
        List<Script> scripts = IntStream.range(0, connections)
                .mapToObj(i -> script(sends.subList(i * CHANNELS_PER_CONNECTION, (i + 1) * CHANNELS_PER_CONNECTION),
                        others.get(i)))
                .toList();
        Client client = subject.client(false);
        var prepared = new PreparedMix(subject, client, new RequestLoad(client, scripts),
                new ConnectLoad(client, others));
        for (int i = 0; i < WARM_UPS; i++) {
            prepared.run();
        }
        return prepared;
    }

    /// @param member joins the first of the channels and leaves it again
    private Script script(List<Request> channels, String member) {
        Script messages = new Messages(channels, contentCharacters);
        Script pages = Rotation.of(channels.stream().map(channel -> channel.newestMessages(PAGE)).toList());
        byte[] joining = "{\"MemberArn\":\"%s\",\"Type\":\"DEFAULT\"}".formatted(member)
                .getBytes(StandardCharsets.UTF_8);
        var turns = new ArrayList<Script>();
        turns.add(() -> new Script.Step(channels.getFirst().addMember(), joining));
        turns.addAll(Collections.nCopies(LISTS, pages));
        turns.add(() -> new Script.Step(channels.getFirst().removeMember(member), Script.NO_BODY));
        turns.addAll(Collections.nCopies(SENDS, messages));
        return new Rotation(turns);
    }

    private final class PreparedMix implements Prepared {

        private final Subject subject;
        private final Client client;
        private final RequestLoad requests;
        private final ConnectLoad connects;

        PreparedMix(Subject subject, Client client, RequestLoad requests, ConnectLoad connects) {
            this.subject = subject;
            this.client = client;
            this.requests = requests;
            this.connects = connects;
        }

        @Override
        public Run run() {
            ProcessHandle server = subject.process().handle();
            CpuTime before = CpuTime.now(server);
            Future<Histogram> connecting = connects.start(connectsPerSecond, duration);
            Measured measured = requests.run(new Pace.Saturating(), duration);
            Histogram connected = ConnectLoad.result(connecting);
            CpuTime used = CpuTime.now(server).since(before);
            var figures = new HashMap<Figure, Double>();
            figures.put(REQUESTS, measured.perSecond());
            figures.put(SERVER_CPU, used.server().toNanos() / NANOS_PER_MICRO / measured.all().getTotalCount());
            P99.forEach((operation, figure) -> figures.put(figure, Measured.millis(measured.of(operation), 99)));
            figures.put(CONNECT_P50, Measured.millis(connected, 50));
            figures.put(CONNECT_P99, Measured.millis(connected, 99));
            return new Run(figures, measured.all(), used.othersShare(measured.elapsed()));
        }

        @Override
        public void close() {
            connects.close();
            client.close();
        }
    }
}
