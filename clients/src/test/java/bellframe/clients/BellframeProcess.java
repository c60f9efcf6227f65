package bellframe.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The real server in a data folder of its own for the length of a test class, started as a user starts it.
///
/// Unlike `RunningServer`, which runs the class path of a test, it goes through the launcher, runs the jars that were
/// packaged, and lets a shell evaluate what `./bellframe env` prints.
final class BellframeProcess implements BeforeAllCallback, AfterAllCallback {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private Map<String, String> settings = Map.of();
    private List<String> flags = List.of();
    private @Nullable Path folder;
    private @Nullable Process process;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("bellframe");
        start("0");
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
        if (process != null) {
            String secret = variables().getOrDefault("AWS_SECRET_ACCESS_KEY", "");
            terminate();
            assertThat(Files.readString(log())).as("the server's log")
                    .doesNotContain(secret)
                    .doesNotContainPattern("(?i)signature=[0-9a-f]{16}");
        }
        if (folder != null) {
            delete(folder);
        }
    }

    /// Has the server find settings in these variables, from its first start on.
    BellframeProcess with(Map<String, String> variables) {
        settings = Map.copyOf(variables);
        return this;
    }

    /// Sends SIGTERM, waits for the end and starts again on the same folder and port.
    void restart() throws IOException, InterruptedException {
        String endpoint = variables().getOrDefault("AWS_ENDPOINT_URL", "");
        terminate();
        start(Integer.toString(URI.create(endpoint).getPort()));
    }

    /// The same with other settings.
    ///
    /// @param variables in which the server finds some
    /// @param words further ones on the command line
    void restartWith(Map<String, String> variables, String... words) throws IOException, InterruptedException {
        settings = Map.copyOf(variables);
        flags = List.of(words);
        restart();
    }

    private void start(String port) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("serve", "--data", data(), "--port", port, "--admin-port", "0"));
        words.addAll(flags);
        Process started = bellframe(settings, words.toArray(String[]::new))
                .builder()
                .redirectError(Redirect.appendTo(log().toFile()))
                .start();
        process = started;
        try {
            OutputLines.of(started.inputReader(StandardCharsets.UTF_8))
                    .await("the ready block", line -> line.contains("eval \"$("), START_LIMIT);
        } catch (AssertionError e) {
            throw new AssertionError("the server did not start; it logged:\n" + Files.readString(log()), e);
        }
    }

    private void terminate() throws InterruptedException {
        Process running = Objects.requireNonNull(process, "the server has not been started");
        process = null;
        running.destroy();
        if (!running.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            running.destroyForcibly();
            throw new AssertionError("the server did not stop within " + STOP_LIMIT);
        }
        assertThat(running.exitValue()).as("exit code after SIGTERM").isZero();
    }

    /// The variables that `./bellframe env` exports, as a shell understands them.
    Map<String, String> variables(String... options) {
        List<String> words = new ArrayList<>(List.of("env", "--data", data()));
        words.addAll(Arrays.asList(options));
        var env = bellframe(Map.of(), words.toArray(String[]::new)).run("");
        assertThat(env.status()).as(env.err()).isZero();
        assertThat(env.out().lines()).allMatch(line -> line.matches("export [A-Z0-9_]+=.*"));
        var shell = new Command(Command.ROOT, Map.of(),
                List.of("env", "-i", "/bin/sh", "-c", "eval \"$1\"; exec /usr/bin/env", "sh", env.out())).run("");
        assertThat(shell.status()).as(shell.err()).isZero();
        return parse(shell.out());
    }

    /// What `./bellframe ca` prints.
    String authority() {
        var ca = bellframe(Map.of(), "ca", "--data", data()).run("");
        assertThat(ca.status()).as(ca.err()).isZero();
        return ca.out();
    }

    private static Map<String, String> parse(String assignments) {
        var variables = new TreeMap<String, String>();
        assignments.lines().forEach(line -> {
            int equals = line.indexOf('=');
            variables.put(line.substring(0, equals), line.substring(equals + 1));
        });
        variables.keySet().removeAll(List.of("PWD", "OLDPWD", "SHLVL", "_"));
        return variables;
    }

    /// The launcher, with the JDK that runs the tests.
    private static Command bellframe(Map<String, String> settings, String... arguments) {
        List<String> words = new ArrayList<>(List.of(Command.ROOT.resolve("bellframe").toString()));
        words.addAll(Arrays.asList(arguments));
        var variables = new HashMap<>(settings);
        variables.put("BELLFRAME_JAVA_HOME", System.getProperty("java.home"));
        variables.put("BELLFRAME_LOG_LEVEL", "debug");
        return new Command(Command.ROOT, variables, words);
    }

    /// The folder that `--data` names.
    String data() {
        return started().resolve("data").toString();
    }

    private Path log() {
        return started().resolve("server.log");
    }

    private Path started() {
        if (folder == null) {
            throw new IllegalStateException("the server has not been started");
        }
        return folder;
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(BellframeProcess::deleteOne);
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
