package bellframe.websocket;

import bellframe.credentials.Origin;
import bellframe.credentials.Principal;
import bellframe.credentials.SignedRequest;
import bellframe.credentials.Signer;
import bellframe.http.AuditLog;
import bellframe.http.EventLoops;
import bellframe.http.FailedSignatures;
import bellframe.http.Gates;
import bellframe.http.HttpLimits;
import bellframe.http.HttpServer;
import bellframe.http.Proxies;
import bellframe.http.ServerTls;
import bellframe.http.Services;
import bellframe.http.TestTls;
import bellframe.http.Throttling;
import bellframe.http.Transport;
import bellframe.http.Upgrade;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.sessions.Connection;
import bellframe.sessions.ConnectRequest;
import bellframe.sessions.ConnectionListener;
import bellframe.sessions.Frame;
import bellframe.sessions.FrameEncoder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// A server that takes WebSocket connections and tells what the domain would hear of them.
final class RunningSessions implements AutoCloseable {

    private static final int EVENT_SECONDS = 20;

    /// What the listener heard.
    record Opened(Connection connection, String principalArn, ConnectRequest request) {
    }

    final BlockingQueue<Opened> opened = new LinkedBlockingQueue<>();
    final BlockingQueue<Connection> closed = new LinkedBlockingQueue<>();
    final FrameEncoder encoder = new NettyFrameEncoder();
    volatile Runnable onOpen = () -> {
    };

    /// Who signs every request.
    volatile Signer signer = new Signer("AKIDEXAMPLE", null, Principal.root("arn:aws:iam::123456789012:root"));
    /// What the connections take for the time.
    volatile Instant now = Instant.EPOCH;

    /// What the audit log heard.
    final Queue<AuditLog.Entry> audited = new ConcurrentLinkedQueue<>();

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final EventLoops loops = EventLoops.start(Transport.best(), 2);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    RunningSessions(ConnectionLimits limits) throws Exception {
        this(limits, 0, sessions -> sessions);
    }

    /// @param failuresPerMinuteMax 0 for any number
    RunningSessions(ConnectionLimits limits, int failuresPerMinuteMax) throws Exception {
        this(limits, failuresPerMinuteMax, sessions -> sessions);
    }

    /// @param around what is put around the sessions
    RunningSessions(ConnectionLimits limits, UnaryOperator<Upgrade> around) throws Exception {
        this(limits, 0, around);
    }

    private RunningSessions(ConnectionLimits limits, int failuresPerMinuteMax, UnaryOperator<Upgrade> around)
            throws Exception {
        var failedSignatures = new FailedSignatures(failuresPerMinuteMax, new SimpleMeterRegistry());
        ServerTls tls = TestTls.server("localhost");
        Upgrade upgrade = around.apply(new WebSocketUpgrade(loops, limits, failedSignatures, this::authenticate,
                this::authorize, audited::add, new Listener(), executor, meters, () -> now));
        server = new HttpServer(
                loops, HttpLimits.DEFAULT, Proxies.NONE, () -> tls, new Services(List.of(), List.of(), null),
                new Gates(failedSignatures, (request, _) -> authenticate(request), this::authorize, Throttling.NONE),
                audited::add, upgrade,
                Duration.ofSeconds(1), executor,
                meters, () -> Instant.EPOCH, RandomGenerator.of("L64X128MixRandom"));
        server.start(null, 0);
    }

    private Signer authenticate(SignedRequest request) {
        if (!request.rawQuery().contains("X-Amz-Signature=good")) {
            throw new Refused(Refusal.INVALID_SIGNATURE);
        }
        return signer;
    }

    private void authorize(Principal principal, Origin origin, String action, List<String> resources) {
        if (resources.stream().anyMatch(resource -> resource.endsWith("/user/denied"))) {
            throw new Refused(Refusal.ACCESS_DENIED);
        }
    }

    int port() {
        return server.port();
    }

    Opened nextOpened() throws InterruptedException {
        return next(opened);
    }

    Connection nextClosed() throws InterruptedException {
        return next(closed);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T event = queue.poll(EVENT_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("nothing happened");
        }
        return event;
    }

    /// Sends a text as the domain does: encoded once, written and flushed on each connection's lane.
    void send(String text, Connection... connections) {
        Frame frame = encoder.encode(text.getBytes(StandardCharsets.UTF_8));
        for (Connection connection : connections) {
            frame.retain();
            connection.lane().execute(() -> {
                connection.send(frame);
                connection.flush();
                frame.release();
            });
        }
        frame.release();
    }

    @Override
    public void close() {
        server.close();
        loops.close();
        executor.close();
    }

    private final class Listener implements ConnectionListener {

        @Override
        public void opened(Connection connection, String principalArn, ConnectRequest request) {
            opened.add(new Opened(connection, principalArn, request));
            onOpen.run();
        }

        @Override
        public void closed(Connection connection) {
            closed.add(connection);
        }
    }
}
