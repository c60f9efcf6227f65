package bellframe.outbound.nats;

import static org.assertj.core.api.Assertions.fail;

import bellframe.outbound.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/// A server of NATS as a process on a free port of this machine, from Debian's package `nats-server`.
public final class NatsServer implements AutoCloseable {

    private final int port;
    private final ServerProcess process;

    /// @param arguments beside the port
    public NatsServer(String... arguments) {
        port = ServerProcess.freePort();
        var command = new ArrayList<>(List.of("nats-server", "-a", "localhost", "-p", Integer.toString(port)));
        command.addAll(List.of(arguments));
        process = new ServerProcess(command, line -> line.contains("Server is ready"), _ -> {
        });
    }

    /// Skips the test where there is no such program, or lets it fail under `-Dclients.required=true`.
    public static void require(String test) {
        if (isInstalled()) {
            return;
        }
        String reason = test + ": `nats-server` is not on the PATH; apt-get install nats-server";
        if (Boolean.getBoolean("clients.required")) {
            fail(reason);
        }
        System.out.println("SKIPPED " + reason);
        throw new TestAbortedException(reason);
    }

    /// Whether there is such a program.
    public static boolean isInstalled() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, "nats-server")));
    }

    public URI url() {
        return URI.create("nats://localhost:" + port);
    }

    /// Returns once it takes connections.
    public void start() throws IOException {
        process.start();
    }

    /// Ends it as a power cut would.
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
