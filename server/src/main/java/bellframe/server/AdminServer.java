package bellframe.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/// Health and metrics for whoever operates the server, on loopback only.
///
/// `/healthz` answers 200 while the process works at all, `/readyz` 200 while it takes new clients and 503 otherwise,
/// `/metrics` the metrics as Prometheus text. What else there is takes the token of the data folder.
final class AdminServer implements AutoCloseable {

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    /// Answers one request.
    @FunctionalInterface
    private interface Answerer {
        AdminAnswer answer(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private AdminServer(HttpServer server) {
        this.server = server;
    }

    /// @param ready whether the server takes new clients
    /// @param tasks what the operator may ask for, by the path of the request
    /// @throws PortUnavailable if the port cannot be listened on
    static AdminServer start(int port, BooleanSupplier ready, PrometheusMeterRegistry metrics,
            OperatorRequests operator, Map<String, OperatorRequests.Task> tasks) {
        var admin = new AdminServer(bind(port));
        admin.server.setExecutor(admin.threads);
        admin.serve("GET", "/healthz", _ -> AdminAnswer.text(200, "ok"));
        admin.serve("GET", "/readyz", _ -> ready.getAsBoolean()
                ? AdminAnswer.text(200, "ready")
                : AdminAnswer.text(503, "not ready"));
        admin.serve("GET", "/metrics",
                _ -> new AdminAnswer(200, PROMETHEUS_TEXT, metrics.scrape(PROMETHEUS_TEXT)));
        tasks.forEach((path, task) -> admin.serve("POST", path, exchange -> operator.answer(exchange, task)));
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

    private void serve(String method, String path, Answerer answerer) {
        HttpHandler handler = exchange -> {
            try (exchange) {
                respond(exchange, answerTo(exchange, method, path, answerer));
            }
        };
        server.createContext(path, handler);
    }

    private static AdminAnswer answerTo(HttpExchange exchange, String method, String path, Answerer answerer)
            throws IOException {
        if (!exchange.getRequestURI().getPath().equals(path)) {
            return AdminAnswer.text(404, "not found");
        }
        String asked = exchange.getRequestMethod();
        return asked.equals(method) || (asked.equals("HEAD") && method.equals("GET"))
                ? answerer.answer(exchange)
                : AdminAnswer.text(405, "use " + method);
    }

    private static void respond(HttpExchange exchange, AdminAnswer answer) throws IOException {
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
