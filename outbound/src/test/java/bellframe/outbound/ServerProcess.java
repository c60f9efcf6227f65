package bellframe.outbound;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A real server of somebody else as a process of its own, which may be killed and started again.
public final class ServerProcess implements AutoCloseable {

    private final List<String> command;
    private final Predicate<String> ready;
    private final Consumer<String> output;
    private @Nullable Process process;

    /// @param ready the line with which it says that it takes connections
    /// @param output gets the lines behind that one
    public ServerProcess(List<String> command, Predicate<String> ready, Consumer<String> output) {
        this.command = List.copyOf(command);
        this.ready = ready;
        this.output = output;
    }

    /// Returns once it takes connections.
    public void start() throws IOException {
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        process = started;
        var lines = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        var said = new StringBuilder();
        String line = lines.readLine();
        while (line != null && !ready.test(line)) {
            said.append(line).append('\n');
            line = lines.readLine();
        }
        if (line == null) {
            throw new AssertionError("the server did not start: " + said);
        }
        // A virtual thread would keep its carrier while it waits.
        Thread.ofPlatform().daemon().start(() -> lines.lines().forEach(output));
    }

    /// The process id of the one that was started last.
    public long pid() {
        if (process == null) {
            throw new IllegalStateException("it was not started");
        }
        return process.pid();
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

    /// A port that nobody listens on at the moment.
    public static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
