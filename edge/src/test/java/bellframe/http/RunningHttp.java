package bellframe.http;

import bellframe.api.Call;
import bellframe.credentials.Origin;
import bellframe.credentials.Principal;
import bellframe.credentials.SignedRequest;
import bellframe.credentials.SignedService;
import bellframe.credentials.Signer;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/// An HTTP server on a free port of this machine, with [Greetings] behind it.
final class RunningHttp implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-01T10:20:30Z");
    static final String PRINCIPAL = "arn:aws:iam::123456789012:root";
    static final String BEARER = "arn:aws:chime:us-east-1:123456789012:app-instance/a/user/alice";
    static final Duration SLOW = Duration.ofMillis(50);
    static final HttpLimits QUICK = new HttpLimits(
            16 * 1024, 32 * 1024, 1024 * 1024, 64 * 1024 * 1024, 2, 0, Duration.ofSeconds(10), Duration.ofSeconds(10),
            Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMillis(500));

    private static final ServerTls FIRST_TLS = TestTls.server("first");

    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    /// Fills the buckets of failed signatures.
    final MockClock time = new MockClock();
    /// What is told of failed signatures.
    final SimpleMeterRegistry failures = new SimpleMeterRegistry(SimpleConfig.DEFAULT, time);
    final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    final AtomicReference<ServerTls> tls = new AtomicReference<>(FIRST_TLS);
    /// What operations draw on.
    volatile Throttling throttling = Throttling.NONE;
    volatile Greetings service = (_, greeting) -> greeting.toString();

    private final EventLoops loops = EventLoops.start(Transport.best(), 1);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private RunningHttp(HttpLimits limits, Proxies proxies, int failuresPerMinuteMax) throws Exception {
        server = server(limits, proxies, failuresPerMinuteMax, loops, metrics);
        server.start(null, 0);
    }

    static RunningHttp start() throws Exception {
        return start(QUICK);
    }

    static RunningHttp start(HttpLimits limits) throws Exception {
        return start(limits, Proxies.NONE, 0);
    }

    static RunningHttp start(HttpLimits limits, Proxies proxies, int failuresPerMinuteMax) throws Exception {
        return new RunningHttp(limits, proxies, failuresPerMinuteMax);
    }

    private HttpServer server(HttpLimits limits, Proxies proxies, int failuresPerMinuteMax, EventLoops loops,
            MeterRegistry metrics) {
        var gates = new Gates(new FailedSignatures(failuresPerMinuteMax, failures), RunningHttp::authenticate,
                RunningHttp::authorize, (rates, resources) -> throttling.draw(rates, resources));
        return new HttpServer(
                loops, limits, proxies, tls::get,
                new Services(Endpoint.bind(Greetings.TABLE, this::greet), List.of(), null), gates, audited::add,
                new NoUpgrade(), SLOW, executor, metrics, () -> NOW,
                RandomGenerator.of("L64X128MixRandom"));
    }

    /// A second server, not started.
    HttpServer another(EventLoops others) {
        return server(QUICK, Proxies.NONE, 0, others, new SimpleMeterRegistry());
    }

    /// What the audit log heard.
    final Queue<AuditLog.Entry> audited = new ConcurrentLinkedQueue<>();

    private String greet(Call call, Greetings.Greeting greeting) {
        calls.add(call);
        return service.greet(call, greeting);
    }

    private static Signer authenticate(SignedRequest request, SignedService service) {
        if (!request.headers().containsKey("authorization")) {
            throw new Refused(Refusal.MISSING_AUTHENTICATION);
        }
        return new Signer("AKIDEXAMPLE", null, Principal.root(PRINCIPAL));
    }

    private static void authorize(Principal principal, Origin origin, String action, List<String> resources) {
        // Everybody may greet.
    }

    HttpServer server() {
        return server;
    }

    int port() {
        return server.port();
    }

    URI uri(String scheme, String pathAndQuery) {
        return URI.create(scheme + "://localhost:" + port() + pathAndQuery);
    }

    RawClient raw() throws Exception {
        return RawClient.connect(port());
    }

    @Override
    public void close() {
        server.close();
        loops.close();
        executor.close();
    }

    /// Nothing leaves HTTP here.
    private static final class NoUpgrade implements Upgrade {

        @Override
        public boolean claims(SignedRequest request) {
            return request.rawPath().equals("/connect");
        }

        @Override
        public FullHttpResponse accept(SignedRequest request) {
            throw new Refused(Refusal.UPGRADE_REQUIRED);
        }

        @Override
        public void install(Channel channel, SignedRequest request, String requestId, Client client,
                Runnable established) {
            throw new AssertionError("no request is accepted for an upgrade: " + List.of(request));
        }
    }
}
