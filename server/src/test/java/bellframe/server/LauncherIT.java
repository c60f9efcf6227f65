package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `./bellframe` and the JVM make of the cache, in a source tree of its own with the jars of this one.
class LauncherIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);
    private static final String DAMAGED = "damaged";
    private static final Path OPTIONS = Path.of("config/jvm.options");

    @TempDir
    static Path tree;

    private static final List<Launched> servers = new ArrayList<>();

    /// A process of the launcher, and what it writes.
    private record Launched(Process process, Path out, Path err) {

        String written() throws IOException {
            return Files.readString(out) + Files.readString(err);
        }
    }

    @BeforeAll
    static void twoServersStartAtOnceOnADamagedCache() throws Exception {
        Path root = ProjectRoot.path();
        Path application = Files.createDirectories(tree.resolve("server/target/bellframe"));
        Files.createDirectories(tree.resolve(OPTIONS).getParent());
        Files.copy(root.resolve("bellframe"), tree.resolve("bellframe"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(root.resolve(OPTIONS), tree.resolve(OPTIONS));
        for (String jars : List.of("lib", "native")) {
            Files.createSymbolicLink(application.resolve(jars), root.resolve("server/target/bellframe").resolve(jars));
        }
        Files.createFile(application.resolve("built"));
        Files.writeString(cache(), DAMAGED);
        servers.add(serve("first"));
        servers.add(serve("second"));
        for (Launched server : servers) {
            awaitReady(server);
        }
        await(() -> Files.size(cache()) > DAMAGED.length(), "the cache");
        await(() -> leftovers() == 0, "the end of training");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        for (Launched server : servers) {
            server.process().destroy();
            server.process().waitFor();
        }
    }

    @Test
    void aDamagedCacheIsIgnoredWithoutAWord() throws IOException {
        for (Launched server : servers) {
            assertThat(Files.readString(server.out())).startsWith("Bellframe ");
            assertThat(Files.readString(server.err()).lines()).isNotEmpty().allMatch(line -> line.startsWith("{"));
        }
    }

    @Test
    void itIsMadeAgainAndHasWhatServersDo() throws Exception {
        Path classes = tree.resolve("classes.txt");

        version("-Xlog:class+load:file=" + classes);

        assertThat(Files.readString(classes))
                .contains("bellframe.server.Main source: shared objects file")
                .contains("bellframe.messages.MessageOperations source: shared objects file")
                .contains("bellframe.websocket.WebSocketUpgrade source: shared objects file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseZGC", "-Xmx33g", "-Xshare:off"})
    void optionsThatTheCacheWasNotMadeForMakeNoNoise(String option) throws Exception {
        assertThat(version(option)).isEqualTo("Bellframe " + Version.current() + "\n");
    }

    @Test
    void aCacheThatWasMadeWithOtherOptionsMakesNoNoise() throws Exception {
        Path options = tree.resolve(OPTIONS);
        String before = Files.readString(options);
        try {
            Files.writeString(options, "-XX:-UseCompactObjectHeaders\n");
            assertThat(version("")).isEqualTo("Bellframe " + Version.current() + "\n");
        } finally {
            Files.writeString(options, before);
        }
    }

    private static Path cache() {
        return tree.resolve("server/target/bellframe/cache.aot");
    }

    private static long leftovers() throws IOException {
        try (var files = Files.newDirectoryStream(cache().getParent(), "training.[0-9]*")) {
            long count = 0;
            for (Path _ : files) {
                count++;
            }
            return count;
        }
    }

    private static Launched serve(String name) throws IOException {
        return launch("", "serve", "--data", tree.resolve(name).toString(), "--port", "0", "--admin-port", "0");
    }

    /// All that `bellframe --version` writes.
    private static String version(String jvmOption) throws IOException, InterruptedException {
        Launched launched = launch(jvmOption, "--version");
        assertThat(launched.process().waitFor()).as(launched.written()).isZero();
        return launched.written();
    }

    private static Launched launch(String jvmOption, String... arguments) throws IOException {
        Path out = Files.createTempFile(tree, "launched", ".out");
        Path err = Files.createTempFile(tree, "launched", ".err");
        var command = new ArrayList<>(List.of(tree.resolve("bellframe").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("BELLFRAME_"));
        builder.environment().put("BELLFRAME_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("BELLFRAME_JAVA_OPTS", jvmOption);
        return new Launched(builder.start(), out, err);
    }

    private static void awaitReady(Launched server) throws IOException, InterruptedException {
        await(() -> !server.process().isAlive() || Files.readString(server.out()).contains("eval"), "the server");
        assertThat(server.process().isAlive()).as(server.written()).isTrue();
    }

    /// Something that may not be so yet.
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition, String what) throws IOException, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("no end of waiting for " + what).isLessThan(end);
            TimeUnit.NANOSECONDS.sleep(LOOK_INTERVAL.toNanos());
        }
    }
}
