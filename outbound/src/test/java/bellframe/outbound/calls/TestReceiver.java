package bellframe.outbound.calls;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A receiver on a free port of this machine: keeps what it gets, and answers as it is told to.
public final class TestReceiver implements AutoCloseable {

    /// What it got.
    ///
    /// @param rawPath as sent
    /// @param headers values under lower-case names
    public record Received(
            String method,
            String rawPath,
            String rawQuery,
            Map<String, List<String>> headers,
            byte[] body) {

        /// The only value of a header; empty if there is none.
        public String header(String name) {
            List<String> values = headers.getOrDefault(name, List.of(""));
            if (values.size() != 1) {
                throw new AssertionError(name + " came more than once");
            }
            return values.getFirst();
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /// How it answers.
    public interface Reply {

        void to(Received request, Answering answering) throws IOException;

        /// An answer of any status.
        static Reply of(int status, Map<String, String> headers, String body) {
            return (_, answering) -> answering.send(status, headers, body);
        }

        static Reply of(int status) {
            return of(status, Map.of(), "");
        }

        /// Says nothing until it is closed.
        static Reply never() {
            return (_, answering) -> answering.awaitClose(Long.MAX_VALUE);
        }

        /// Begins an answer of this status, and sends a byte of it every 20 ms until it is closed.
        static Reply slowly(int status) {
            return (_, answering) -> answering.drip(status);
        }

        /// Closes the connection in place of an answer.
        static Reply brokenOff() {
            return (_, _) -> {
                throw new IOException("broken off by the test");
            };
        }

        /// An answer of this status that does not end.
        static Reply endless(int status) {
            return (_, answering) -> answering.flood(status);
        }
    }

    private static final int DRIP_MILLIS = 20;
    private static final int FLOOD_BYTES = 64 * 1024;
    private static final int WAIT_SECONDS = 20;

    private final HttpServer server;
    private final String origin;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Reply reply = Reply.of(200);

    public TestReceiver() {
        this(null);
    }

    /// @param certificates for TLS; null for plain HTTP
    public TestReceiver(@Nullable TestCertificates certificates) {
        try {
            var address = new InetSocketAddress(InetAddress.getByName("localhost"), 0);
            if (certificates == null) {
                server = HttpServer.create(address, 0);
            } else {
                HttpsServer secured = HttpsServer.create(address, 0);
                secured.setHttpsConfigurator(new HttpsConfigurator(certificates.serverContext()));
                server = secured;
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        origin = (certificates == null ? "http" : "https") + "://localhost:" + server.getAddress().getPort();
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create(origin);
    }

    public URI url(String path) {
        return URI.create(origin + path);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// From now on.
    public void reply(Reply as) {
        reply = as;
    }

    /// The next request that nobody took yet.
    public Received await() throws InterruptedException {
        Received next = received.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nobody called");
        }
        return next;
    }

    /// How many requests nobody took yet.
    public int waiting() {
        return received.size();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new HashMap<String, List<String>>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
            URI uri = exchange.getRequestURI();
            var request = new Received(exchange.getRequestMethod(), uri.getRawPath(),
                    uri.getRawQuery() == null ? "" : uri.getRawQuery(), headers,
                    exchange.getRequestBody().readAllBytes());
            received.add(request);
            reply.to(request, new Answering(exchange, closed));
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /// The other half of a request.
    public static final class Answering {

        private final HttpExchange exchange;
        private final CountDownLatch closed;

        Answering(HttpExchange exchange, CountDownLatch closed) {
            this.exchange = exchange;
            this.closed = closed;
        }

        public void send(int status, Map<String, String> headers, String text) throws IOException {
            send(status, headers, text.getBytes(StandardCharsets.UTF_8));
        }

        public void send(int status, Map<String, String> headers, byte[] body) throws IOException {
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }

        void drip(int status) throws IOException {
            exchange.sendResponseHeaders(status, 0);
            while (!awaitClose(DRIP_MILLIS)) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            }
        }

        void flood(int status) throws IOException {
            exchange.sendResponseHeaders(status, 0);
            byte[] some = new byte[FLOOD_BYTES];
            while (closed.getCount() > 0) {
                exchange.getResponseBody().write(some);
            }
        }

        boolean awaitClose(long millis) {
            try {
                return closed.await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return true;
            }
        }
    }
}
