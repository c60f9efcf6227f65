package bellframe.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The port for operators, on loopback only: `/healthz`, `/readyz` and `/metrics`.
public final class AdminServer implements AutoCloseable {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private static final int NO_BODY = -1;

    private final HttpServer server;

    private AdminServer(HttpServer server) {
        this.server = server;
    }

    /// Starts to listen on the loopback address.
    ///
    /// @param port 0 for any free one
    /// @param ready whether clients should be sent here; not while starting or draining
    /// @param metrics everything measured, in Prometheus's text format
    /// @param executor runs each request on a thread that may block
    /// @throws BindException if the port is taken
    public static AdminServer start(int port, BooleanSupplier ready, Supplier<String> metrics, Executor executor)
            throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        HttpServer server = HttpServer.create(address, 0);
        server.setExecutor(executor);
        server.createContext("/", exchange -> answer(exchange, page(exchange, ready, metrics)));
        server.start();
        return new AdminServer(server);
    }

    private static Page page(HttpExchange exchange, BooleanSupplier ready, Supplier<String> metrics) {
        return switch (exchange.getRequestURI().getPath()) {
            case "/healthz" -> new Page(200, TEXT, "ok\n");
            case "/readyz" ->
                ready.getAsBoolean() ? new Page(200, TEXT, "ready\n") : new Page(503, TEXT, "not ready\n");
            case "/metrics" -> new Page(200, PROMETHEUS_TEXT, metrics.get());
            default -> new Page(404, TEXT, "not found\n");
        };
    }

    private static void answer(HttpExchange exchange, Page page) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", page.type);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(page.status, NO_BODY);
            } else {
                byte[] body = page.text.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(page.status, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    /// The port it listens on.
    public int port() {
        return server.getAddress().getPort();
    }

    /// Stops at once.
    @Override
    public void close() {
        server.stop(0);
    }

    private record Page(int status, String type, String text) {
    }
}
