package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.http.AuditLog;
import bellframe.server.folder.RunningServerFile;
import bellframe.storage.StorageUnavailable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {

    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final Metrics metrics = new Metrics();
    private final List<Path> backups = new CopyOnWriteArrayList<>();
    private final List<AuditLog.Entry> audited = new CopyOnWriteArrayList<>();
    private final AdminServer server = start(backups::add);

    private AdminServer start(Consumer<Path> backup) {
        return start("/backup", new BackupTask(backup));
    }

    @AfterEach
    void close() {
        server.close();
        metrics.close();
    }

    @Test
    void readinessIsAnsweredByTheStatus() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        ready.set(false);

        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsArePrometheusText() throws Exception {
        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(
                type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(answer.body()).contains("# TYPE jvm_memory_used_bytes gauge").contains("process_uptime_seconds");
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/metrics/more").statusCode()).isEqualTo(404);
        assertThat(send("POST", "/metrics").statusCode()).isEqualTo(405);
    }

    @Test
    void aBackupIsMadeForWhoeverShowsTheTokenOnly() throws Exception {
        assertThat(backup("Bearer token", "/some/folder").statusCode()).isEqualTo(200);
        assertThat(backups).containsExactly(Path.of("/some/folder"));

        assertThat(backup("Bearer tokem", "/other").statusCode()).isEqualTo(403);
        assertThat(backup("token", "/other").statusCode()).isEqualTo(403);
        assertThat(send("POST", "/backup").statusCode()).isEqualTo(403);
        assertThat(get("/backup").statusCode()).isEqualTo(405);
        assertThat(backup("Bearer token", "relative").statusCode()).isEqualTo(409);
        assertThat(backup("Bearer token", "nul\0").statusCode()).isEqualTo(409);
        assertThat(backups).hasSize(1);
    }

    @Test
    void whyABackupIsNotMadeIsSaid() throws Exception {
        Consumer<Path> unavailable = _ -> {
            throw new StorageUnavailable("too many readers wait");
        };
        try (var busy = start(unavailable)) {
            var running = new RunningServerFile(0, busy.port(), "token", null);
            assertThatIOException().isThrownBy(() -> AdminClient.backup(running, Path.of("/some/folder")))
                    .withMessage("the server could not do it: too many readers wait");
        }
    }

    @Test
    void theLogIsNotToldWhatOnlyTheCallerMayKnow() throws Exception {
        try (var log = new CapturedLog();
                var telling = start("/tell",
                        _ -> new OperatorRequests.Done("the secret is xyzzy", "told the secret"))) {
            HttpResponse<String> answer = post(telling, "/tell", "Bearer token", "");

            assertThat(answer.body()).isEqualTo("the secret is xyzzy\n");
            assertThat(log.text()).contains("told the secret").doesNotContain("xyzzy");
            assertThat(audited).singleElement()
                    .returns("tell", AuditLog.Entry::operation)
                    .returns("operator", AuditLog.Entry::principalArn)
                    .returns(List.of("told the secret"), AuditLog.Entry::targets);
        }
    }

    @Test
    void aTaskThatIsNotExclusiveDoesNotWaitForOneThatIs() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        Map<String, OperatorRequests.Task> tasks = Map.of(
                "/long", _ -> waiting(begun, goOn),
                "/other", _ -> OperatorRequests.Done.of("done"),
                "/urgent", new Urgent());
        try (var busy = AdminServer.start(0, ready::get, metrics.registry(),
                new OperatorRequests("token", audited::add), tasks);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> post(busy, "/long", "Bearer token", ""));
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(post(busy, "/urgent", "Bearer token", "").statusCode()).isEqualTo(200);
            HttpResponse<String> refused = post(busy, "/other", "Bearer token", "");
            goOn.countDown();

            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("another task of the operator is under way");
            assertThat(waiting.get().statusCode()).isEqualTo(200);
        }
    }

    private record Urgent() implements OperatorRequests.Task {

        @Override
        public OperatorRequests.Done run(String argument) {
            return OperatorRequests.Done.of("done");
        }

        @Override
        public boolean exclusive() {
            return false;
        }
    }

    private static OperatorRequests.Done waiting(CountDownLatch begun, CountDownLatch goOn) {
        begun.countDown();
        try {
            return OperatorRequests.Done.of(goOn.await(30, TimeUnit.SECONDS) ? "done" : "too late");
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", problem);
        }
    }

    private AdminServer start(String path, OperatorRequests.Task task) {
        return AdminServer.start(0, ready::get, metrics.registry(), new OperatorRequests("token", audited::add),
                Map.of(path, task));
    }

    private HttpResponse<String> backup(String authorization, String path) throws Exception {
        return post(server, "/backup", authorization, path);
    }

    private static HttpResponse<String> post(AdminServer to, String path, String authorization, String argument)
            throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.port() + path))
                    .header("Authorization", authorization)
                    .POST(HttpRequest.BodyPublishers.ofString(argument))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void aTakenPortIsNamed() {
        assertThatThrownBy(() -> AdminServer.start(server.port(), ready::get, metrics.registry(),
                new OperatorRequests("token", audited::add), Map.of()))
                .isInstanceOfSatisfying(PortUnavailable.class, problem -> assertThat(problem.taken()).isTrue())
                .hasMessageContaining(Integer.toString(server.port()))
                .hasMessageContaining("--admin-port");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path);
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
