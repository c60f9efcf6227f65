package bellframe.bench.scenario;

import bellframe.bench.ceiling.Ceiling;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import bellframe.bench.scenario.Scenario.Prepared;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The commands that measure; `docs/performance.md` has what came of them.
@Command(name = "bench", mixinStandardHelpOptions = true, description = "Measures a server on this machine.")
public final class Main {

    static final int INCONCLUSIVE = 3;

    private static final int MILLIS_PER_SECOND = 1_000;

    private Main() {
    }

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    /// Runs a command.
    ///
    /// @return 0 for figures, [#INCONCLUSIVE] for such as say too little, another number for none
    static int execute(String... args) {
        return new CommandLine(new Main()).execute(args);
    }

    /// What all scenarios take.
    static final class Options {

        @Option(names = "--runs", description = "runs of each subject, in turn (${DEFAULT-VALUE})")
        int runs = 5;

        @Option(names = "--seconds", description = "each half of a run (${DEFAULT-VALUE})")
        double seconds = 10;

        @Option(names = "--ceilings", description = "beside what the machine could do at most")
        boolean ceilings;

        @Option(names = "--content", description = "bytes of a message's content (${DEFAULT-VALUE})")
        int content = 300;

        @Option(names = "--json", description = "a file for every figure of every run")
        @Nullable
        Path json;

        @Option(names = "--plot", description = "a file, .svg or .png, for the times by percentile")
        @Nullable
        Path plot;

        Duration duration() {
            return Duration.ofMillis(Math.round(seconds * MILLIS_PER_SECOND));
        }
    }

    /// Stores to compare.
    static final class Stores {

        @Option(names = "--stores", description = "the folder that keeps them (${DEFAULT-VALUE})")
        Path folder = Path.of(System.getProperty("user.home"), ".cache", "bellframe-bench");

        @Option(names = "--messages", split = ",", description = "how many messages each holds (${DEFAULT-VALUE})")
        List<Long> messages = List.of(10_000_000L, 1_000_000L, 10_000L);
    }

    @Command(description = "Durable messages over some connections.", mixinStandardHelpOptions = true)
    int send(
            @Mixin Options options,
            @Option(names = "--connections", defaultValue = "64") int connections,
            @Option(names = "--channels", defaultValue = "1000") int channels,
            @Option(names = "--rate", defaultValue = "0", description = "of the timetable, per second") double rate)
            throws IOException, InterruptedException {
        return compare(options, List.of(Ceiling.ANSWER, Ceiling.COMMIT),
                new SendScenario(connections, channels, options.content, rate, options.duration()));
    }

    @Command(description = "Messages to a channel all of whose members are connected.", mixinStandardHelpOptions = true)
    int fanout(
            @Mixin Options options,
            @Option(names = "--members", defaultValue = "1000") int members,
            @Option(names = "--tls") boolean tls,
            @Option(names = "--rate", defaultValue = "20", description = "of the timetable, per second") double rate)
            throws IOException, InterruptedException {
        return compare(options, List.of(Ceiling.BROADCAST, Ceiling.COMMIT_AND_BROADCAST),
                new FanOutScenario(members, tls, options.content, rate, options.duration()));
    }

    @Command(description = "Messages to a channel with a member that takes nothing off the wire, and to one without.", mixinStandardHelpOptions = true)
    int stuck(
            @Mixin Options options,
            @Option(names = "--members", defaultValue = "1000") int members,
            @Option(names = "--rate", defaultValue = "50", description = "of the timetable, per second") double rate)
            throws IOException, InterruptedException {
        warnIfBusy();
        var without = new FanOutScenario(members, false, options.content, rate, options.duration());
        var with = new FanOutScenario(members, false, options.content, rate, options.duration(), true);
        try (var lab = new Laboratory();
                Prepared one = with.prepare(lab.bellframe("with"));
                Prepared none = without.prepare(lab.bellframe("without"))) {
            var both = new LinkedHashMap<String, Prepared>();
            both.put("one more is stuck", one);
            both.put("nobody is", none);
            return report(options, Comparison.of(with, both, options.runs));
        }
    }

    @Command(description = "Messages to channels with a flow whose processor answers, is gone, or never answers, and to channels without.", mixinStandardHelpOptions = true)
    int flow(
            @Mixin Options options,
            @Option(names = "--channels", defaultValue = "64") int channels,
            @Option(names = "--rate", defaultValue = "500", description = "of the timetable, per second") double rate)
            throws IOException, InterruptedException {
        return compareReceivers(options, new TimetableScenario("flow", channels, options.content, rate,
                options.duration()), "processor", "no flow", Laboratory::flowing);
    }

    @Command(description = "Messages to channels with a stream that is a webhook which answers, is gone, or never answers, and to channels without.", mixinStandardHelpOptions = true)
    int stream(
            @Mixin Options options,
            @Option(names = "--channels", defaultValue = "64") int channels,
            @Option(names = "--rate", defaultValue = "500", description = "of the timetable, per second") double rate)
            throws IOException, InterruptedException {
        return compareReceivers(options, new TimetableScenario("stream", channels, options.content, rate,
                options.duration()), "stream", "no stream", Laboratory::streaming);
    }

    /// Starts a server with a receiver outside.
    @FunctionalInterface
    private interface Receiving {
        Subject start(Laboratory lab, String name, URI receiver);
    }

    /// Compares servers whose receiver answers, is gone, or never answers, and one without.
    private static int compareReceivers(Options options, TimetableScenario scenario, String receiver, String none,
            Receiving receiving) throws IOException, InterruptedException {
        warnIfBusy();
        try (var lab = new Laboratory(); var silent = new SilentReceiver()) {
            // Its certificate is the ceiling's, which answers every request and so is a receiver that takes everything.
            Subject without = lab.bellframe("without");
            URI answering = URI.create("http://127.0.0.1:" + lab.ceiling(Ceiling.ANSWER).process().port());
            var prepared = new LinkedHashMap<String, Prepared>();
            try {
                prepared.put(receiver + " answers", scenario.prepare(receiving.start(lab, "answers", answering)));
                prepared.put(receiver + " is gone",
                        scenario.prepare(receiving.start(lab, "gone", SilentReceiver.nobody())));
                prepared.put(receiver + " never answers",
                        scenario.prepare(receiving.start(lab, "silent", silent.url())));
                prepared.put(none, scenario.prepare(without));
                return report(options, Comparison.of(scenario, prepared, options.runs));
            } finally {
                prepared.values().forEach(Prepared::close);
            }
        }
    }

    @Command(description = "Messages, pages, members who come and go, and clients who connect.", mixinStandardHelpOptions = true)
    int mixed(
            @Mixin Options options,
            @Option(names = "--connections", defaultValue = "32") int connections,
            @Option(names = "--connects", defaultValue = "20", description = "sessions that connect per second") double connects)
            throws IOException, InterruptedException {
        return compare(options, List.of(),
                new MixedScenario(connections, options.content, connects, options.duration()));
    }

    @Command(description = "The newest page of channels, from stores of several sizes, which are kept.", mixinStandardHelpOptions = true)
    int list(
            @Mixin Options options,
            @Mixin Stores stores,
            @Option(names = "--connections", defaultValue = "8") int connections,
            @Option(names = "--page", defaultValue = "50") int page) throws IOException, InterruptedException {
        return compareStores(options, stores, new ListScenario(connections, page, options.duration()));
    }

    @Command(name = "send-stored", description = "Durable messages to stores of several sizes, which grow by them.", mixinStandardHelpOptions = true)
    int sendStored(
            @Mixin Options options,
            @Mixin Stores stores,
            @Option(names = "--connections", defaultValue = "64") int connections)
            throws IOException, InterruptedException {
        return compareStores(options, stores,
                new SendScenario(connections, Store.CHANNELS, options.content, 0, options.duration()));
    }

    @Command(description = "Memory of idle sessions.", mixinStandardHelpOptions = true)
    int idle(
            @Mixin Options options,
            @Option(names = "--few", defaultValue = "1000") int few,
            @Option(names = "--many", defaultValue = "5000") int many,
            @Option(names = "--quiet", defaultValue = "35", description = "seconds before each look") int quiet)
            throws IOException, InterruptedException {
        return report(options, new IdleMeasurement(few, many, Duration.ofSeconds(quiet)).measure(options.runs));
    }

    @Command(description = "From the command to a server that is ready.", mixinStandardHelpOptions = true)
    int start(@Mixin Options options) throws IOException, InterruptedException {
        warnIfBusy();
        return report(options, StartMeasurement.measure(options.runs));
    }

    private static int compare(Options options, List<Ceiling> ceilings, Scenario scenario)
            throws IOException, InterruptedException {
        warnIfBusy();
        try (var lab = new Laboratory()) {
            var subjects = new ArrayList<Subject>();
            subjects.add(lab.bellframe("data"));
            if (options.ceilings) {
                ceilings.forEach(ceiling -> subjects.add(lab.ceiling(ceiling)));
            }
            return report(options, Comparison.of(scenario, subjects, options.runs));
        }
    }

    private static int compareStores(Options options, Stores stores, Scenario scenario)
            throws IOException, InterruptedException {
        try (var lab = new Laboratory()) {
            List<Subject> subjects = stores.messages.stream().map(size -> lab.store(stores.folder, size)).toList();
            warnIfBusy();
            return report(options, Comparison.of(scenario, subjects, options.runs));
        }
    }

    private static void warnIfBusy() throws InterruptedException {
        double busy = Machine.busyShare();
        if (busy > Machine.OTHERS_MAX) {
            System.err.printf("inconclusive: %.0f %% of the processors are in use%n", 100 * busy);
        }
    }

    private static int report(Options options, Comparison comparison) throws IOException {
        new Table(System.out).print(comparison);
        if (options.json != null) {
            JsonFile.write(comparison, options.json);
        }
        if (options.plot != null) {
            Plot.write(comparison, options.plot);
        }
        return comparison.conclusive() ? ExitCode.OK : INCONCLUSIVE;
    }
}
