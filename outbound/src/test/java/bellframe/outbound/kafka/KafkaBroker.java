package bellframe.outbound.kafka;

import bellframe.outbound.ServerProcess;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/// A broker of Kafka, which is its own controller, as a process on free ports of this machine.
public final class KafkaBroker implements AutoCloseable {

    private static final String READY = "the broker is ready";

    private final Path settings;
    private final int port;
    private final ServerProcess process;

    /// @param folder for its data, which outlive it
    public KafkaBroker(Path folder) {
        port = ServerProcess.freePort();
        int controller = ServerProcess.freePort();
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
        process = new ServerProcess(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m",
                "-cp", System.getProperty("java.class.path"), KafkaBroker.class.getName(), settings.toString()),
                READY::equals, System.out::println);
    }

    public String address() {
        return "localhost:" + port;
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
