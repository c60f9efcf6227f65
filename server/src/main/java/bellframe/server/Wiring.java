package bellframe.server;

import bellframe.server.config.ServerConfig;
import bellframe.server.folder.Certificates;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.Installation;
import bellframe.server.folder.KeyAndCertificate;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a server is made of: constructors in floor order, one method per floor; closed in reverse.
final class Wiring implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Wiring.class);

    private static final Duration CERTIFICATE_CHECK_INTERVAL = Duration.ofHours(1);

    private final ServerConfig config;
    private final DataFolder folder;
    private final Installation installation;
    /// What has been started, last first.
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private volatile boolean ready;

    private int port;
    private int adminPort;

    private Wiring(ServerConfig config, DataFolder folder, Installation installation) {
        this.config = config;
        this.folder = folder;
        this.installation = installation;
    }

    /// Starts a server; when this returns, it takes clients.
    ///
    /// @throws PortUnavailable if a port cannot be listened on
    static Wiring start(ServerConfig config, DataFolder folder, Installation installation, Certificates certificates) {
        var wiring = new Wiring(config, folder, installation);
        try {
            wiring.startAll(certificates);
            return wiring;
        } catch (RuntimeException problem) {
            wiring.close();
            throw problem;
        }
    }

    int port() {
        return port;
    }

    int adminPort() {
        return adminPort;
    }

    /// Sends every client away, spread over the configured time.
    void drain() {
        ready = false;
    }

    /// Closes everything in reverse order; a part that cannot be closed does not keep the others open.
    @Override
    public void close() {
        while (!started.isEmpty()) {
            close(started.pop());
        }
    }

    private void startAll(Certificates certificates) {
        var metrics = started(new Metrics());
        log.info("account {}, region {}, data in {}", installation.account(), installation.region(), folder);
        startEdge(certificates);
        startAdmin(metrics);
        ready = true;
    }

    private void startEdge(Certificates certificates) {
        var certificate = started(new CurrentCertificate<KeyAndCertificate>(certificates, Function.identity()));
        certificate.renewEvery(CERTIFICATE_CHECK_INTERVAL);
        HttpServer edge = bindEdge();
        edge.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(503, -1);
            }
        });
        edge.start();
        started.push(() -> edge.stop(0));
        port = edge.getAddress().getPort();
    }

    private HttpServer bindEdge() {
        try {
            return HttpServer.create(address(), 0);
        } catch (IOException problem) {
            throw PortUnavailable.of(config.port(), "--port", problem);
        }
    }

    private InetSocketAddress address() {
        return config.host() == null
                ? new InetSocketAddress(config.port())
                : new InetSocketAddress(config.host(), config.port());
    }

    private void startAdmin(Metrics metrics) {
        var admin = started(AdminServer.start(config.adminPort(), () -> ready, metrics.registry()));
        adminPort = admin.port();
    }

    private <T extends AutoCloseable> T started(T part) {
        started.push(part);
        return part;
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception problem) {
            log.error("{} could not be closed", part.getClass().getSimpleName(), problem);
        }
    }
}
