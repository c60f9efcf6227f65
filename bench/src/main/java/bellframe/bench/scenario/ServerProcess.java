package bellframe.bench.scenario;

import bellframe.bench.load.Client;
import bellframe.bench.load.Endpoint;
import bellframe.bench.load.SigningKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server to measure, as a process of its own.
final class ServerProcess implements AutoCloseable {

    private static final int STOP_SECONDS = 30;

    private final Process process;
    private final int port;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts it, and waits until it prints its port.
    static ServerProcess start(List<String> command, Map<String, String> environment, Pattern port, Path log) {
        try {
            var builder = new ProcessBuilder(command).redirectError(log.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            return new ServerProcess(process, awaitPort(process, port, log));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static int awaitPort(Process process, Pattern port, Path log) throws IOException {
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher found = port.matcher(line);
            if (found.find()) {
                return Integer.parseInt(found.group(1));
            }
        }
        throw new IllegalStateException("the server did not get ready; its log is " + log);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    int port() {
        return port;
    }

    Client client(SigningKey key, boolean tls) {
        return new Client(new Endpoint(port, tls), key, Clock.systemUTC());
    }

    /// Ends it as operators do.
    void terminate() {
        process.destroy();
        awaitEnd();
    }

    /// Ends it at once: nothing that it was told is lost by that, and sessions need no farewell.
    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
