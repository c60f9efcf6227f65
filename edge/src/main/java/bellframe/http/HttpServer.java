package bellframe.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The port that clients use: HTTP, HTTPS, ws and wss, told apart by the first bytes of a connection.
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int BACKLOG = 4096;
    private static final Duration ANSWERS_LIMIT = Duration.ofSeconds(5);

    private final EventLoops loops;
    private final Admission admission;
    private final ConnectionPipeline pipeline;
    private @Nullable Channel listener;

    /// Puts the parts together; [#start] makes them listen.
    ///
    /// @param loops the threads that serve the connections; closing them is up to the caller, after this server
    /// @param tls asked for each new connection, so that a renewed certificate is used from then on
    /// @param services what requests can ask for
    /// @param audit hears of what matters to security
    /// @param upgrade what takes over the connections that leave HTTP
    /// @param slowOperation from how long on an operation is worth a line in the log
    /// @param executor runs each request on a thread that may block
    /// @param clock tells the time for the `Date` header
    /// @param random makes request ids, which are no secrets and only have to differ; called by many threads at once
    public HttpServer(
            EventLoops loops,
            HttpLimits limits,
            Proxies proxies,
            Supplier<ServerTls> tls,
            Services services,
            Gates gates,
            AuditLog audit,
            Upgrade upgrade,
            Duration slowOperation,
            Executor executor,
            MeterRegistry metrics,
            InstantSource clock,
            RandomGenerator random) {
        this.loops = loops;
        this.admission = new Admission(limits.requestsInFlightMax());
        var requestMetrics = new RequestMetrics(metrics);
        var dispatcher = new Dispatcher(protocols(services, gates), gates.failedSignatures(), new Audit(audit),
                requestMetrics, slowOperation);
        var clients = new Clients(proxies);
        var exchanges = new ExchangeHandler(
                admission,
                new RequestIds(random),
                new Responses(new DateHeader(clock)),
                dispatcher,
                executor,
                upgrade,
                clients,
                requestMetrics);
        this.pipeline = new ConnectionPipeline(limits, tls, exchanges, clients,
                new OpenConnections(limits.connectionsPerAddressMax(), metrics));
        Gauge.builder("bellframe.requests.in.flight", admission, Admission::inFlight)
                .description("Requests being worked on")
                .register(metrics);
    }

    private static List<Protocol> protocols(Services services, Gates gates) {
        var protocols = new ArrayList<Protocol>();
        protocols.add(new AwsQuery(services.queries(), gates));
        if (services.exchange() != null) {
            protocols.add(new CredentialsForTokens(services.exchange()));
        }
        protocols.add(new RestJson(new Router(services.operations()), gates));
        return protocols;
    }

    /// Starts to listen.
    ///
    /// @param host the address or name to listen on; null for all interfaces, IPv4 and IPv6
    /// @param port 0 for any free one
    /// @throws BindException if the port is taken or the host is not this machine's
    public void start(@Nullable String host, int port) throws BindException {
        var address = host == null ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
        ChannelFuture bound = bootstrap().bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            var failure = new BindException("cannot listen on " + address + ": " + bound.cause().getMessage());
            failure.initCause(bound.cause());
            throw failure;
        }
        listener = bound.channel();
    }

    private ServerBootstrap bootstrap() {
        return new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                // A client that ends its side may still wait for its answer; RequestAssembler closes.
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(pipeline);
    }

    /// The port it listens on.
    public int port() {
        if (listener == null) {
            throw new IllegalStateException("not started");
        }
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /// Takes no further connections; requests that still come on open ones are answered 503.
    public void stopAccepting() {
        admission.drain();
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
    }

    /// Waits until each request in flight is answered, five seconds at most. The connections go with the event loops.
    @Override
    public void close() {
        stopAccepting();
        try {
            if (!admission.awaitQuiet(ANSWERS_LIMIT)) {
                LOG.warn("{} requests were not answered within {}", admission.inFlight(), ANSWERS_LIMIT);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
