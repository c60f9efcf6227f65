package bellframe.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import bellframe.http.NoLeaks;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The Autobahn test suite against everything that frames pass through. Its reports, with every byte of every case, are
/// left in `edge/target/autobahn`.
@ExtendWith(NoLeaks.class)
@Timeout(900)
class AutobahnIT {

    private static final Path ROOT = Path.of(System.getProperty("bellframe.root", "..")).toAbsolutePath().normalize();
    /// Where `.ci/run` has pip install the suite.
    private static final Path HOME = ROOT.resolve("target/autobahn");
    private static final Duration RUN_LIMIT = Duration.ofMinutes(10);

    /// The longest message of the suite.
    private static final int MESSAGE_MAX_BYTES = 16 * 1024 * 1024;
    private static final int FRAMES_PER_SECOND_MAX = 1_000_000;
    private static final int PENDING_MAX_BYTES = 4 * MESSAGE_MAX_BYTES;

    /// Offers of compression twice, not 216 times, since it is declined; messages of megabytes in full-size runs only.
    private static final String CASES = "'1.*', '2.*', '3.*', '4.*', '5.*', '6.*', '7.*', '10.*', '12.1.1', '13.1.1'"
            + (Boolean.getBoolean("bellframe.long") ? ", '9.*'" : "");
    private static final int CASES_AT_LEAST = 249;

    /// Where RFC 6455 leaves a choice, or asks for nothing.
    private static final Map<String, String> LEFT_OPEN = Map.ofEntries(
            // Text that goes wrong in the middle of a frame is refused when the frame is complete, not at the byte.
            Map.entry("6.4.3", "NON-STRICT, OK"),
            Map.entry("6.4.4", "NON-STRICT, OK"),
            // A client that closes right behind a long message.
            Map.entry("7.1.6", "INFORMATIONAL, INFORMATIONAL"),
            // Close codes 5000 and 65535, which no section gives a meaning.
            Map.entry("7.13.1", "INFORMATIONAL, INFORMATIONAL"),
            Map.entry("7.13.2", "INFORMATIONAL, INFORMATIONAL"),
            // Compression, which is offered and declined.
            Map.entry("12.1.1", "UNIMPLEMENTED, OK"),
            Map.entry("13.1.1", "UNIMPLEMENTED, OK"));

    @ParameterizedTest
    @CsvSource({"ws, 127.0.0.1", "wss, localhost"})
    void everyFrameIsTreatedAsTheStandardSays(String scheme, String host) throws Exception {
        requireSuite();
        Map<String, String> verdicts;
        try (var server = new RunningSessions(limits(), sessions -> new Echo(sessions, MESSAGE_MAX_BYTES))) {
            verdicts = run("%s://%s:%d%s".formatted(scheme, host, server.port(), RawWebSocket.GOOD), scheme);
        }

        assertThat(verdicts).hasSizeGreaterThanOrEqualTo(CASES_AT_LEAST);
        verdicts.values().removeIf("OK, OK"::equals);
        assertThat(verdicts).isEqualTo(LEFT_OPEN);
    }

    private static void requireSuite() {
        if (!Files.isExecutable(HOME.resolve("bin/wstest"))) {
            String reason = "AutobahnIT: the Autobahn test suite is not in " + HOME
                    + "; install Python 2.7 and run .ci/run";
            System.out.println("SKIPPED " + reason);
            abort(reason);
        }
    }

    private static ConnectionLimits limits() {
        ConnectionLimits usual = ConnectionLimits.DEFAULT;
        return new ConnectionLimits(PENDING_MAX_BYTES, usual.stallLimit(), MESSAGE_MAX_BYTES, FRAMES_PER_SECOND_MAX,
                usual.pingInterval(), usual.closeLimit());
    }

    /// Runs the suite as the client and returns the verdict on each case: on what came back, and on how it closed.
    private static Map<String, String> run(String url, String name) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(ROOT.resolve("edge/target/autobahn").resolve(name));
        Path specification = Files.writeString(folder.resolve("specification.json"), """
                {'outdir': '%s', 'servers': [{'agent': 'bellframe', 'url': '%s'}], 'cases': [%s],
                'exclude-cases': [], 'exclude-agent-cases': {}}
                """.formatted(folder, url, CASES).replace('\'', '"'));
        Path output = folder.resolve("output.txt");
        var suite = new ProcessBuilder(HOME.resolve("bin/wstest").toString(), "-m", "fuzzingclient", "-s",
                specification.toString()).redirectErrorStream(true).redirectOutput(output.toFile());
        suite.environment().put("PYTHONUSERBASE", HOME.toString());
        // It may lead to packages for Python 3.
        suite.environment().remove("PYTHONPATH");
        finish(suite.start(), output);
        return verdicts(folder.resolve("index.json"));
    }

    private static void finish(Process suite, Path output) throws IOException, InterruptedException {
        try {
            boolean ended = suite.waitFor(RUN_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(ended && suite.exitValue() == 0).as(() -> "the suite ended well; it said:\n" + text(output))
                    .isTrue();
        } finally {
            suite.destroyForcibly();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads `{agent: {case: {"behavior": …, "behaviorClose": …, …}}}`, in which members are sorted.
    private static Map<String, String> verdicts(Path report) throws IOException {
        var verdicts = new TreeMap<String, String>();
        try (JsonParser json = new JsonFactory().createParser(report.toFile())) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.VALUE_STRING && json.currentName().startsWith("behavior")) {
                    verdicts.merge(json.getParsingContext().getParent().getCurrentName(), json.getText(),
                            (message, close) -> message + ", " + close);
                }
            }
        }
        return verdicts;
    }
}
