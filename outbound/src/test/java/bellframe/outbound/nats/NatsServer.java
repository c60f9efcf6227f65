package bellframe.outbound.nats;

import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/// A server of NATS as a process on a free port of this machine, from Debian's package `nats-server`.
public final class NatsServer implements AutoCloseable {

    private final List<String> command;
    private final int port;
    private @Nullable Process process;

    /// @param arguments beside the port
    public NatsServer(String... arguments) {
        port = freePort();
        command = new ArrayList<>(List.of("nats-server", "-a", "localhost", "-p", Integer.toString(port)));
        command.addAll(List.of(arguments));
    }

    /// Skips the test where there is no such program, or lets it fail under `-Dclients.required=true`.
    public static void require(String test) {
        String path = System.getenv().getOrDefault("PATH", "");
        if (Stream.of(path.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, "nats-server")))) {
            return;
        }
        String reason = test + ": `nats-server` is not on the PATH; apt-get install nats-server";
        if (Boolean.getBoolean("clients.required")) {
            fail(reason);
        }
        System.out.println("SKIPPED " + reason);
        throw new TestAbortedException(reason);
    }

    public URI url() {
        return URI.create("nats://localhost:" + port);
    }

    /// Returns once it takes connections.
    public void start() throws IOException {
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        process = started;
        var output = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        var said = new StringBuilder();
        for (String line = output.readLine();; line = output.readLine()) {
            if (line == null) {
                throw new AssertionError("the server did not start: " + said);
            }
            if (line.contains("Server is ready")) {
                break;
            }
            said.append(line).append('\n');
        }
        Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {
        }));
    }

    /// Ends it as a power cut would.
    public void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    @Override
    public void close() {
        kill();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
