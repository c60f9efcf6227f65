package bellframe.server;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Measures how long a message takes to the last member of a channel, one message at a time.
final class FanOutMeasurement {

    /// Messages before anything is measured, to the first channel, and then to each as a share of those that are measured.
    private static final int WARM_UP = 3_000;
    private static final int WARM_UP_SHARE = 5;
    private static final int CONTENT_CHARACTERS = 100;
    private static final Pattern CASE = Pattern.compile("(?<scheme>wss?):(?<members>\\d+)x(?<messages>\\d+)");

    private final List<Case> cases;
    private final PrintStream out;
    private int sent;

    /// A channel all of whose members are connected, and how many messages to measure.
    private record Case(Scheme scheme, int members, int messages) {

        static Case parse(String text) {
            Matcher matcher = CASE.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(text + " is not like ws:1000x300");
            }
            return new Case(matcher.group("scheme").equals("wss") ? Scheme.TLS : Scheme.PLAIN,
                    Integer.parseInt(matcher.group("members")), Integer.parseInt(matcher.group("messages")));
        }

        String name() {
            return "%s, %,d".formatted(scheme == Scheme.TLS ? "wss" : "ws", members);
        }
    }

    /// @param toLast from sending to the last delivery
    /// @param toAnswer from sending to the answer
    /// @param behindAnswer from the answer to the last delivery; 0 if that was earlier
    private record Result(
            Case measured,
            Quantiles toLast,
            Quantiles toAnswer,
            Quantiles behindAnswer,
            CpuTime cpu,
            Duration elapsed) {

        long deliveries() {
            return (long) measured.members() * measured.messages();
        }
    }

    /// @param cases like `ws:1000x300`: the scheme, how many members, how many messages; ratios are to the first
    FanOutMeasurement(List<String> cases, PrintStream out) {
        this.cases = cases.stream().map(Case::parse).toList();
        this.out = out;
    }

    void measure() throws IOException {
        var results = new ArrayList<Result>();
        try (var server = SessionMeasurement.server()) {
            server.start();
            try (var clients = SdkClients.of(server); var population = new Population(clients)) {
                List<String> users = population.users(cases.stream().mapToInt(Case::members).max().orElseThrow());
                for (Case next : cases) {
                    results.add(measure(next, server, clients, population, users.subList(0, next.members())));
                }
            }
        }
        print(results);
    }

    private Result measure(Case measured, RunningServer server, SdkClients clients, Population population,
            List<String> members) throws IOException {
        String channel = population.channel(members);
        try (var client = new LightClient(clients, measured.scheme())) {
            client.open(members);
            // A connection that asks for nothing is cut off after a while, so it is made when it is needed.
            try (var sender = new Sender(clients, members.getFirst(), channel)) {
                int warmUp = measured.messages() / WARM_UP_SHARE + (sent == 0 ? WARM_UP : 0);
                run(new Case(measured.scheme(), measured.members(), warmUp), server, client, sender);
                Result result = run(measured, server, client, sender);
                client.requireOpen(members.size());
                return result;
            }
        }
    }

    private Result run(Case measured, RunningServer server, LightClient client, Sender sender) throws IOException {
        int messages = measured.messages();
        var toLast = new long[messages];
        var toAnswer = new long[messages];
        var behindAnswer = new long[messages];
        long began = System.nanoTime();
        CpuTime before = CpuTime.now(server);
        for (int i = 0; i < messages; i++) {
            String mark = "message-%08d-".formatted(++sent);
            FrameCount deliveries = client.count(mark, measured.members());
            Sender.Times times = sender.send(mark + "x".repeat(CONTENT_CHARACTERS - mark.length()));
            long last = deliveries.awaitLast();
            client.forget(deliveries);
            toLast[i] = last - times.sent();
            toAnswer[i] = times.answered() - times.sent();
            behindAnswer[i] = Math.max(0, last - times.answered());
        }
        return new Result(measured, new Quantiles(toLast), new Quantiles(toAnswer), new Quantiles(behindAnswer),
                CpuTime.now(server).since(before), Duration.ofNanos(System.nanoTime() - began));
    }

    private void print(List<Result> results) {
        Result first = results.getFirst();
        out.printf("## From a message to its last delivery%n%n");
        out.printf("| members | to last, p50 ratio | p99 ratio | p50 ratio per member | deliveries/s ratio |%n"
                + "|---|---|---|---|---|%n");
        for (Result result : results) {
            double ratio = result.toLast().medianMillis() / first.toLast().medianMillis();
            out.printf("| %s | %.2f | %.2f | %.4f | %.1f |%n", result.measured().name(), ratio,
                    result.toLast().millis(0.99) / first.toLast().millis(0.99),
                    ratio * first.measured().members() / result.measured().members(),
                    deliveryRate(result) / deliveryRate(first));
        }
        out.printf("%n| members | messages | to answer p50 | p99 | to last p50 | p99 | behind answer p50 | p99 |"
                + " deliveries/s |%n|---|---|---|---|---|---|---|---|---|%n");
        for (Result result : results) {
            out.printf("| %s | %d | %.2f ms | %.2f ms | %.2f ms | %.2f ms | %.2f ms | %.2f ms | %,.0f |%n",
                    result.measured().name(), result.measured().messages(), result.toAnswer().medianMillis(),
                    result.toAnswer().millis(0.99), result.toLast().medianMillis(), result.toLast().millis(0.99),
                    result.behindAnswer().medianMillis(), result.behindAnswer().millis(0.99), deliveryRate(result));
        }
        out.printf("%n| members | elapsed | CPU of the client | of the server | of others | client/server |"
                + " server's CPU per delivery |%n|---|---|---|---|---|---|---|%n");
        for (Result result : results) {
            double client = seconds(result.cpu().client());
            double server = seconds(result.cpu().server());
            out.printf("| %s | %.2f s | %.2f s | %.2f s | %.2f s | %.2f | %.1f µs |%n", result.measured().name(),
                    seconds(result.elapsed()), client, server, seconds(result.cpu().others()), client / server,
                    1e6 * server / result.deliveries());
        }
        out.println();
    }

    private static double deliveryRate(Result result) {
        return result.deliveries() / result.toLast().sumSeconds();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
