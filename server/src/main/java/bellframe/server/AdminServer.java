package bellframe.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Health and metrics for whoever operates the server, on loopback only.
///
/// `/healthz` answers 200 while the process works at all, `/readyz` 200 while it takes new clients and 503 otherwise,
/// `/metrics` the metrics as Prometheus text.
final class AdminServer implements AutoCloseable {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private record Answer(int status, String contentType, String body) {
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private AdminServer(HttpServer server) {
        this.server = server;
    }

    /// @param ready whether the server takes new clients
    /// @throws PortUnavailable if the port cannot be listened on
    static AdminServer start(int port, BooleanSupplier ready, PrometheusMeterRegistry metrics) {
        var admin = new AdminServer(bind(port));
        admin.server.setExecutor(admin.threads);
        admin.serve("/healthz", () -> new Answer(200, TEXT, "ok\n"));
        admin.serve("/readyz", () -> ready.getAsBoolean()
                ? new Answer(200, TEXT, "ready\n")
                : new Answer(503, TEXT, "not ready\n"));
        admin.serve("/metrics", () -> new Answer(200, PROMETHEUS_TEXT, metrics.scrape(PROMETHEUS_TEXT)));
        admin.server.start();
        return admin;
    }

    private static HttpServer bind(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException problem) {
            throw PortUnavailable.of(port, "--admin-port", problem);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void serve(String path, Supplier<Answer> answers) {
        HttpHandler handler = exchange -> {
            try (exchange) {
                respond(exchange, answerTo(exchange, path, answers));
            }
        };
        server.createContext(path, handler);
    }

    private static Answer answerTo(HttpExchange exchange, String path, Supplier<Answer> answers) {
        if (!exchange.getRequestURI().getPath().equals(path)) {
            return new Answer(404, TEXT, "not found\n");
        }
        return switch (exchange.getRequestMethod()) {
            case "GET", "HEAD" -> answers.get();
            default -> new Answer(405, TEXT, "use GET\n");
        };
    }

    private static void respond(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }
}
