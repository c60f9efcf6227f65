package bellframe.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import bellframe.server.folder.DataFolder;
import bellframe.server.folder.Installation;
import bellframe.server.config.ServerConfig;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The real server as a process of its own, on free ports and with a data folder of its own.
///
/// As a static `@RegisterExtension` it serves all tests of a class, as an instance field each test gets its own. It runs
/// with this JVM's Java and the production JVM flags, and logs more than in production. Of integration tests it runs the
/// packaged jars, as the launcher does, and behind them this JVM's class path; of others, which come before there are jars,
/// that class path alone.
public final class RunningServer
        implements
            BeforeAllCallback,
            AfterAllCallback,
            BeforeEachCallback,
            AfterEachCallback,
            AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration LOG_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Pattern READY = Pattern.compile(
            "HTTP +http://\\S+:(?<port>\\d+)\n.*Admin +http://\\S+:(?<admin>\\d+)\n.*\n *eval [^\n]+\n",
            Pattern.DOTALL);
    private static final Pattern SIGNATURE = Pattern.compile("(?i)signature=[0-9a-f]{16}");
    private static final Pattern EXPORT = Pattern.compile("export (\\w+)=(.*)");
    private static final Path APPLICATION = ProjectRoot.path().resolve("server/target/bellframe");

    private final List<String> flags;
    private final List<String> jvmOptions = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private boolean forAllTests;
    /// The temporary folder that holds the data folder.
    private @Nullable Path home;
    private @Nullable Running running;

    private record Running(Process process, Output out, Output err, int port, int adminPort) {
    }

    /// @param flags further flags of `serve`
    public RunningServer(String... flags) {
        this.flags = List.of(flags);
    }

    /// Sets an environment variable of the server; call before it starts.
    public RunningServer with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /// Puts the data folder into another folder than one of its own; call before it starts.
    public RunningServer in(Path folder) {
        home = folder.resolve("server");
        return this;
    }

    /// Adds an option of the server's JVM; call before it starts.
    public RunningServer withJvmOption(String option) {
        jvmOptions.add(option);
        return this;
    }

    /// Starts on the folder of the last start, if there was one.
    public void start() {
        if (running != null) {
            throw new IllegalStateException("it runs");
        }
        try {
            Process process = launch(serveCommand());
            var out = new Output(process.getInputStream());
            var err = new Output(process.getErrorStream());
            Matcher ready = out.await(READY, START_LIMIT);
            if (ready == null) {
                end(process);
                throw new IllegalStateException("the server did not get ready:\n" + out.text() + err.text());
            }
            running = new Running(process, out, err, number(ready, "port"), number(ready, "admin"));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// The port for clients.
    public int port() {
        return current().port();
    }

    /// The port for health and metrics.
    public int adminPort() {
        return current().adminPort();
    }

    /// The server's process, for its id and its state.
    public Process process() {
        return current().process();
    }

    /// What the JDK's `jcmd` answers to a command about the server's JVM.
    String jcmd(String command) {
        try {
            Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    Long.toString(process().pid()), command)
                    .redirectErrorStream(true)
                    .start();
            String out = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
            if (jcmd.waitFor() != 0) {
                throw new IllegalStateException("jcmd " + command + " failed: " + out);
            }
            return out;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", problem);
        }
    }

    /// The data folder, the same for every start.
    public Path dataFolder() {
        if (home == null) {
            try {
                home = Files.createTempDirectory("bellframe-test");
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
        return home.resolve("data");
    }

    /// What `bellframe env` prints for this server; the data folder's path needs no quotes.
    public Map<String, String> env() {
        Finished env = run("env", "--data", dataFolder().toString());
        if (env.exitCode() != 0) {
            throw new IllegalStateException("env failed: " + env.err());
        }
        return EXPORT.matcher(env.out())
                .results()
                .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
    }

    /// What the server has written to standard output since it started.
    public String out() {
        return current().out().text();
    }

    /// What the server has logged since it started.
    public String log() {
        return current().err().text();
    }

    /// Waits until the server has logged something since it started.
    public void awaitLog(String text) {
        if (current().err().await(Pattern.compile(Pattern.quote(text)), LOG_LIMIT) == null) {
            throw new AssertionError("the server did not log `" + text + "`:\n" + log());
        }
    }

    /// Ends the process as a power loss would, and waits until it is gone.
    public void kill9() {
        Running ended = current();
        running = null;
        end(ended.process());
        requireDiscretion(ended);
    }

    /// Whatever a test did to it, what a server wrote holds no secret and no signature.
    private void requireDiscretion(Running ended) {
        String written = ended.out().text() + ended.err().text();
        String secret = secret();
        if (!secret.isEmpty() && written.contains(secret)) {
            throw new AssertionError("the server wrote its root key's secret");
        }
        if (SIGNATURE.matcher(written).find()) {
            throw new AssertionError("the server wrote a signature");
        }
    }

    private String secret() {
        return installation().map(installation -> installation.rootKey().secret()).orElse("");
    }

    /// What the data folder holds, if its first start is complete.
    public Optional<Installation> installation() {
        return Installation.read(DataFolder.at(dataFolder()), ServerConfig.defaults(), new SecureRandom());
    }

    /// Starts and ends the process, as a power loss would, as soon as a file appears.
    public void startAndKillAt(Path file) throws IOException, InterruptedException {
        Process process = launch(serveCommand());
        new Output(process.getInputStream());
        new Output(process.getErrorStream());
        boolean ended = false;
        while (!ended && !Files.exists(file)) {
            ended = process.waitFor(1, TimeUnit.MILLISECONDS);
        }
        end(process);
    }

    /// Starts and ends the process, as a power loss would, so many milliseconds later, whatever it does then.
    public void startAndKillAfter(int millis) throws IOException {
        Process process = launch(serveCommand());
        new Output(process.getInputStream());
        new Output(process.getErrorStream());
        try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", problem);
        } finally {
            end(process);
        }
    }

    /// Sends SIGTERM and waits for the end.
    ///
    /// @return the exit code
    public int terminate() {
        Running ended = current();
        ended.process().destroy();
        int exitCode = awaitExit(ended.process());
        running = null;
        requireDiscretion(ended);
        return exitCode;
    }

    /// Starts again on the same folder, after [#kill9()] or [#terminate()] or, if it runs, after terminating it.
    public void restart() {
        if (running != null) {
            terminate();
        }
        start();
    }

    /// What a command came to.
    public record Finished(int exitCode, String out, String err) {
    }

    /// Runs another `bellframe` command to its end.
    public Finished run(String... arguments) {
        try {
            Process process = launch(command(List.of(), List.of(arguments)));
            var out = new Output(process.getInputStream());
            var err = new Output(process.getErrorStream());
            int exitCode = awaitExit(process);
            return new Finished(exitCode, out.textAtEnd(), err.textAtEnd());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// Ends the process if it runs and deletes the folder.
    @Override
    public void close() {
        if (running != null) {
            kill9();
        }
        if (home != null) {
            deleteTree(home);
            home = null;
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        forAllTests = true;
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!forAllTests) {
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!forAllTests) {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    private List<String> serveCommand() {
        var serve = new ArrayList<>(List.of(
                "serve", "--data", dataFolder().toString(), "--port", "0", "--admin-port", "0"));
        serve.addAll(flags);
        return command(jvmOptions, serve);
    }

    private static List<String> command(List<String> jvmOptions, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + ProjectRoot.path().resolve("config/jvm.options"));
        command.addAll(jvmOptions);
        String classPath = System.getProperty("java.class.path");
        if (Boolean.getBoolean("bellframe.packaged")) {
            command.addAll(List.of("-XX:AOTCache=" + APPLICATION.resolve("cache.aot"), "-Xlog:aot*=off,cds*=off"));
            command.add("-Djava.library.path=" + APPLICATION.resolve("native"));
            classPath = APPLICATION.resolve("lib") + "/*" + File.pathSeparator + classPath;
        }
        command.addAll(List.of("-cp", classPath, Main.class.getName()));
        command.addAll(arguments);
        return command;
    }

    private Process launch(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("BELLFRAME_"));
        builder.environment().put("BELLFRAME_LOG_LEVEL", "debug");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Running current() {
        if (running == null) {
            throw new IllegalStateException("it does not run");
        }
        return running;
    }

    private static int number(Matcher ready, String group) {
        return Integer.parseInt(ready.group(group));
    }

    private static void end(Process process) {
        process.destroyForcibly();
        awaitExit(process);
    }

    private static int awaitExit(Process process) {
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("process " + process.pid() + " did not end");
            }
            return process.exitValue();
        } catch (InterruptedException problem) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", problem);
        }
    }

    private static void deleteTree(Path tree) {
        try {
            Files.walkFileTree(tree, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem)
                        throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// One of a process's output streams, read to its end by a thread of its own.
    private static final class Output {

        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        Output(InputStream stream) {
            // A virtual thread would keep its carrier while it waits, and there are as few of those as processors.
            Thread.ofPlatform().daemon().start(() -> read(stream));
        }

        synchronized String text() {
            return text.toString();
        }

        String textAtEnd() {
            ended.join();
            return text();
        }

        /// Waits until the text has what is looked for; null if it ends without, or the time is up.
        synchronized @Nullable Matcher await(Pattern pattern, Duration limit) {
            long end = System.nanoTime() + limit.toNanos();
            Matcher matcher = pattern.matcher(text());
            while (!matcher.find()) {
                long left = end - System.nanoTime();
                if (ended.isDone() || left <= 0) {
                    return null;
                }
                waitForMore(left);
                matcher = pattern.matcher(text());
            }
            return matcher;
        }

        private void waitForMore(long nanos) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, nanos);
            } catch (InterruptedException problem) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", problem);
            }
        }

        private void read(InputStream stream) {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    append(line + "\n");
                }
                ended.complete(null);
            } catch (IOException problem) {
                ended.completeExceptionally(problem);
            }
            append("");
        }

        private synchronized void append(String more) {
            text.append(more);
            notifyAll();
        }
    }
}
