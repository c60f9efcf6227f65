package bellframe.websocket;

import bellframe.credentials.SignedRequest;
import bellframe.credentials.Signer;
import bellframe.http.AuditLog;
import bellframe.http.Authorization;
import bellframe.http.Client;
import bellframe.http.EventLoops;
import bellframe.http.FailedSignatures;
import bellframe.http.Upgrade;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.sessions.CloseReason;
import bellframe.sessions.ConnectRequest;
import bellframe.sessions.ConnectionListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Turns `GET /connect` into a session.
///
/// The handshake is always completed first: a browser shows its script the code of a close frame, but nothing of a refused
/// handshake, and clients would try again for ever.
public final class WebSocketUpgrade implements Upgrade {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketUpgrade.class);
    private static final String PATH = "/connect";
    private static final String OPERATION = "Connect";
    private static final String ACTION = "chime:" + OPERATION;
    private static final String FRAME_DECODER = "frame-decoder";
    private static final String TEXT_CHECK = "text-check";
    private static final String CLIENT_FRAMES = "client-frames";

    private final EventLoops loops;
    private final ConnectionLimits limits;
    private final FailedSignatures failedSignatures;
    private final ConnectAuthentication authentication;
    private final Authorization authorization;
    private final AuditLog audit;
    private final ConnectionListener listener;
    private final Executor executor;
    private final InstantSource clock;
    private final SessionMetrics metrics;
    private final WebSocketDecoderConfig decoding;
    private final Map<EventLoop, Heartbeat> heartbeats = new HashMap<>();

    /// Sets up the heartbeat of every event loop.
    ///
    /// @param listener hears of every client that connects with a valid signature
    /// @param executor runs authentication and [ConnectionListener#opened] on a thread that may block
    /// @param clock tells when credentials expire
    public WebSocketUpgrade(
            EventLoops loops,
            ConnectionLimits limits,
            FailedSignatures failedSignatures,
            ConnectAuthentication authentication,
            Authorization authorization,
            AuditLog audit,
            ConnectionListener listener,
            Executor executor,
            MeterRegistry meters,
            InstantSource clock) {
        this.loops = loops;
        this.limits = limits;
        this.failedSignatures = failedSignatures;
        this.authentication = authentication;
        this.authorization = authorization;
        this.audit = audit;
        this.listener = listener;
        this.executor = executor;
        this.clock = clock;
        this.metrics = new SessionMetrics(meters);
        this.decoding = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(limits.clientFrameMaxBytes())
                .expectMaskedFrames(true)
                .allowMaskMismatch(false)
                .allowExtensions(false)
                // The decoder would write a close frame of its own, past the connection's back.
                .closeOnProtocolViolation(false)
                .build();
        loops.all().forEach(loop -> heartbeats.put(loop, new Heartbeat(loop, limits.pingInterval())));
    }

    @Override
    public boolean claims(SignedRequest request) {
        return request.method().equals("GET") && request.rawPath().equals(PATH);
    }

    @Override
    public FullHttpResponse accept(SignedRequest request) {
        return Handshake.accept(request);
    }

    @Override
    public void install(Channel channel, SignedRequest request, String requestId, Client client,
            Runnable established) {
        var connection = new WebSocketConnection(channel, loops.lane(channel.eventLoop()), listener, limits,
                metrics, clock);
        int pendingMax = limits.pendingMaxBytes();
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(pendingMax / 2, pendingMax));
        channel.pipeline()
                .addLast(FRAME_DECODER, new WebSocket13FrameDecoder(decoding))
                .addLast(TEXT_CHECK, new Utf8FrameValidator(false))
                .addLast(CLIENT_FRAMES, new ClientFrameHandler(connection, heartbeat(channel)));
        try {
            executor.execute(() -> establish(connection, request, requestId, client, established));
        } catch (RejectedExecutionException stopped) {
            connection.close(CloseReason.SERVICE_RESTART);
            established.run();
        }
    }

    private Heartbeat heartbeat(Channel channel) {
        Heartbeat heartbeat = heartbeats.get(channel.eventLoop());
        if (heartbeat == null) {
            throw new IllegalArgumentException("a channel of foreign event loops: " + channel);
        }
        return heartbeat;
    }

    /// Runs on a virtual thread.
    private void establish(WebSocketConnection connection, SignedRequest request, String requestId, Client client,
            Runnable established) {
        MDC.put("requestId", requestId);
        try {
            new Attempt(connection, request, requestId, client).authenticate();
        } catch (RuntimeException | Error failure) {
            LOG.error("connecting failed", failure);
            connection.close(WebSocketCloseStatus.INTERNAL_SERVER_ERROR);
        } finally {
            MDC.remove("requestId");
            established.run();
        }
    }

    /// One client on its way to a session.
    private final class Attempt {

        private final WebSocketConnection connection;
        private final SignedRequest request;
        private final String requestId;
        private final Client client;

        Attempt(WebSocketConnection connection, SignedRequest request, String requestId, Client client) {
            this.connection = connection;
            this.request = request;
            this.requestId = requestId;
            this.client = client;
        }

        void authenticate() {
            Signer signer;
            try {
                failedSignatures.check(client.network());
                signer = authentication.authenticate(request);
            } catch (Refused refused) {
                LOG.debug("connect not authenticated: {}", refused.refusal());
                refuse(refused);
                return;
            }
            open(signer);
        }

        private void refuse(Refused refused) {
            if (refused.refusal() == Refusal.THROTTLED) {
                connection.close(CloseReason.FAILING_TOO_OFTEN);
            } else {
                failedSignatures.count(client.network(), refused.refusal());
                deny(null, List.of(), refused);
            }
        }

        private void open(Signer signer) {
            try {
                ConnectRequest wanted = ConnectQuery.parse(request);
                authorize(signer, List.of(wanted.userArn()));
                connection.open(signer.principal(), wanted);
            } catch (Refused refused) {
                LOG.debug("connect refused: {}", refused.refusal());
                connection.close(CloseReason.FORBIDDEN);
            }
        }

        private void authorize(Signer signer, List<String> user) {
            try {
                authorization.require(signer.principal(), client.origin(), ACTION, user);
            } catch (Refused refused) {
                deny(signer, user, refused);
                throw refused;
            }
        }

        private void deny(@Nullable Signer signer, List<String> user, Refused refused) {
            audit.note(new AuditLog.Entry(requestId, OPERATION, signer == null ? null : signer.principal().arn(),
                    signer == null ? null : signer.accessKeyId(), client.origin(), user, refused.refusal().error()));
            connection.close(CloseReason.UNAUTHORIZED);
        }
    }
}
