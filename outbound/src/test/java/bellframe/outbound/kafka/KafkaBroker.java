package bellframe.outbound.kafka;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/// A broker of Kafka, which is its own controller, as a process on free ports of this machine.
public final class KafkaBroker implements AutoCloseable {

    private static final String READY = "the broker is ready";

    private final Path settings;
    private final int port;
    private @Nullable Process process;

    /// @param folder for its data, which outlive it
    public KafkaBroker(Path folder) {
        port = freePort();
        int controller = freePort();
        settings = folder.resolve("server.properties");
        List<String> lines = List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@localhost:" + controller,
                "controller.listener.names=CONTROLLER",
                "listeners=PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:" + controller,
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs=" + folder.resolve("data"),
                "offsets.topic.replication.factor=1",
                "auto.create.topics.enable=false",
                // One that was killed comes back when its session is over.
                "broker.session.timeout.ms=3000",
                "broker.heartbeat.interval.ms=500",
                "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found=true",
                "message.max.bytes=100000");
        try {
            Files.write(settings, lines);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    public String address() {
        return "localhost:" + port;
    }

    /// Returns once it takes connections.
    public void start() throws IOException {
        Process started = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m",
                "-cp", System.getProperty("java.class.path"), KafkaBroker.class.getName(), settings.toString())
                .redirectErrorStream(true)
                .start();
        process = started;
        var output = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        var said = new StringBuilder();
        for (String line = output.readLine(); !READY.equals(line); line = output.readLine()) {
            if (line == null) {
                throw new AssertionError("the broker did not start: " + said);
            }
            said.append(line).append('\n');
        }
        Thread.ofVirtual().start(() -> output.lines().forEach(System.out::println));
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

    /// The process.
    public static void main(String[] arguments) throws IOException {
        int formatted = StorageTool.execute(new String[]{"format", "--ignore-formatted", "--cluster-id",
                "MkU3OEVBNTcwNTJENDM2Qk", "--config", arguments[0]}, System.out);
        if (formatted != 0) {
            System.exit(formatted);
        }
        var settings = new Properties();
        try (var file = new FileInputStream(arguments[0])) {
            settings.load(file);
        }
        var server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        server.startup();
        System.out.println(READY);
        server.awaitShutdown();
    }
}
