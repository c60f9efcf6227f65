package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Table;
import bellframe.storage.rocksdb.RocksDbOptions;
import bellframe.storage.rocksdb.RocksDbStorage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The server as a process: how it starts, what it says, how it ends.
class ServeIT {

    private final RunningServer server = new RunningServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void itGetsReadyAndSaysWhereItIsWithoutASecret() throws Exception {
        server.start();

        assertThat(readiness()).isEqualTo(200);
        assertThat(server.out())
                .contains("http://localhost:" + server.port())
                .contains("https://localhost:" + server.port())
                .contains("eval \"$(./bellframe env --data " + server.dataFolder() + ")\"");
        String secret = server.env().getOrDefault("AWS_SECRET_ACCESS_KEY", "");
        assertThat(secret).hasSize(40);
        assertThat(server.out() + server.log()).doesNotContain(secret);
    }

    @Test
    void envNamesTheRunningServersPort() {
        server.start();

        assertThat(server.env())
                .containsEntry("AWS_ENDPOINT_URL", "http://localhost:" + server.port())
                .hasEntrySatisfying("BELLFRAME_APP_INSTANCE_ARN",
                        arn -> assertThat(arn).matches("arn:aws:chime:us-east-1:\\d{12}:app-instance/[0-9a-f-]{36}"));
    }

    @Test
    void logLinesAreJsonWhenNobodyWatches() {
        server.start();

        assertThat(server.log().lines()).isNotEmpty().allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    }

    @Test
    @Timeout(30)
    void sigtermEndsItWithZeroAndFreesTheFolder() {
        server.start();

        assertThat(server.terminate()).isZero();

        assertThat(server.dataFolder().resolve("running.properties")).doesNotExist();
        server.start();
        assertThat(server.process().isAlive()).isTrue();
    }

    @Test
    void aRestartKeepsAccountAndKeys() {
        server.start();
        Map<String, String> before = server.env();
        server.restart();

        assertThat(withoutPort(server.env())).isEqualTo(withoutPort(before));
    }

    @Test
    void aKilledServerStartsAgainWithItsAccountAndKeys() throws IOException {
        server.start();
        Map<String, String> before = server.env();
        byte[] certificate = Files.readAllBytes(server.dataFolder().resolve("tls/server.pem"));
        server.kill9();
        server.start();

        assertThat(withoutPort(server.env())).isEqualTo(withoutPort(before));
        assertThat(server.dataFolder().resolve("tls/server.pem")).hasBinaryContent(certificate);
    }

    @Test
    void aFirstStartThatIsKilledAtAnyPointIsCompletedByTheNext() throws Exception {
        for (String sign : List.of("server.lock", "installation.properties", "tls", "tls/ca.pem",
                "tls/server-key.pem")) {
            try (var killed = new RunningServer()) {
                killed.startAndKillAt(killed.dataFolder().resolve(sign));
                killed.start();

                assertThat(killed.installation()).as("killed at %s", sign).isPresent();
            }
        }
    }

    @Test
    void aLockedFolderExitsWith4AndNamesTheProcess() {
        server.start();

        RunningServer.Finished second = server.run(
                "serve", "--data", server.dataFolder().toString(), "--port", "0", "--admin-port", "0");

        assertThat(second.exitCode()).isEqualTo(4);
        assertThat(second.err()).contains("process " + server.process().pid());
        assertThat(second.out()).isEmpty();
    }

    @Test
    void aDataFolderOfANewerFormatExitsWith2() {
        server.start();
        server.terminate();
        try (var store = RocksDbStorage.open(RocksDbOptions.of(server.dataFolder()))) {
            store.commit(new Batch().put(Table.META, Key.of("meta"), Key.of("format"), new byte[]{0, 0, 0, 2}));
        }

        RunningServer.Finished newer = server.run(
                "serve", "--data", server.dataFolder().toString(), "--port", "0", "--admin-port", "0");

        assertThat(newer.exitCode()).as(newer.err()).isEqualTo(2);
        assertThat(newer.err()).contains("has format 2, this version knows 1");
        assertThat(newer.out()).isEmpty();
    }

    @Test
    void aStoreThatLostAcknowledgedWritesIsRefusedAndLeftAsItIs() throws IOException {
        server.start();
        try (var clients = SdkClients.of(server)) {
            clients.channel(clients.user("user"));
        }
        server.kill9();
        Path log = storeLog();
        byte[] cut = Arrays.copyOf(Files.readAllBytes(log), (int) Files.size(log) / 2);
        Files.write(log, cut);

        RunningServer.Finished refused = server.run(
                "serve", "--data", server.dataFolder().toString(), "--port", "0", "--admin-port", "0");

        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(1);
        assertThat(refused.err()).contains("has lost acknowledged writes");
        assertThat(log).hasBinaryContent(cut);
    }

    private Path storeLog() throws IOException {
        try (Stream<Path> files = Files.list(server.dataFolder().resolve("store"))) {
            return files.filter(file -> file.toString().endsWith(".log")).max(Comparator.naturalOrder()).orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--admin-port"})
    void aTakenPortExitsWith3AndIsNamed(String flag) throws IOException {
        String other = flag.equals("--port") ? "--admin-port" : "--port";
        try (var taken = new ServerSocket(0, 1, flag.equals("--port") ? null : InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());

            RunningServer.Finished finished = server.run(
                    "serve", "--data", server.dataFolder().toString(), flag, port, other, "0");

            assertThat(finished.exitCode()).as(finished.err()).isEqualTo(3);
            assertThat(finished.err()).contains("port " + port).contains(flag);
            assertThat(finished.out()).isEmpty();
        }
    }

    @Test
    void anAddressOfAnotherMachineExitsWith2() {
        RunningServer.Finished finished = server.run(
                "serve", "--data", server.dataFolder().toString(), "--host", "192.0.2.1", "--port", "0",
                "--admin-port", "0");

        assertThat(finished.exitCode()).as(finished.err()).isEqualTo(2);
    }

    @Test
    void aWrongFlagExitsWith2() {
        assertThat(server.run("serve", "--prot", "1").exitCode()).isEqualTo(2);
    }

    @Test
    void anUnknownVariableExitsWith2() {
        RunningServer.Finished finished = server.with("BELLFRAME_PROT", "1").run("config", "validate");

        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.err()).contains("did you mean BELLFRAME_PORT?");
    }

    private int readiness() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() + "/readyz"))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private static Map<String, String> withoutPort(Map<String, String> env) {
        var rest = new TreeMap<>(env);
        rest.remove("AWS_ENDPOINT_URL");
        return rest;
    }
}
