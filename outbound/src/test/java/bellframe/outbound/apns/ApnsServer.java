package bellframe.outbound.apns;

import bellframe.outbound.calls.TestCertificates;
import com.eatthepath.pushy.apns.auth.ApnsVerificationKey;
import com.eatthepath.pushy.apns.server.MockApnsServer;
import com.eatthepath.pushy.apns.server.MockApnsServerBuilder;
import com.eatthepath.pushy.apns.server.MockApnsServerListener;
import com.eatthepath.pushy.apns.server.PushNotificationHandler;
import com.eatthepath.pushy.apns.server.PushNotificationHandlerFactory;
import com.eatthepath.pushy.apns.server.RejectedNotificationException;
import com.eatthepath.pushy.apns.server.RejectionReason;
import com.eatthepath.pushy.apns.server.ValidatingPushNotificationHandlerFactory;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// APNs on a free port of this machine: pushy's own, which knows one app and one device.
public final class ApnsServer implements AutoCloseable {

    public static final String TOPIC = "org.example.chat";
    public static final String TOKEN = "00aa11bb22cc33dd44ee55ff00aa11bb22cc33dd44ee55ff00aa11bb22cc33dd";
    public static final String OTHER_TOKEN = TOKEN.replace('0', '9');
    public static final String GONE_TOKEN = TOKEN.replace('0', '8');
    public static final String KEY_ID = "KEYIDKEYID";
    public static final String TEAM_ID = "TEAMIDTEAM";

    private static final int WAIT_SECONDS = 20;

    /// What was taken.
    ///
    /// @param headers by name, with those that begin with a colon
    public record Received(Map<String, String> headers, String payload) {

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private final TestCertificates certificates;
    private final KeyPair keys = TestCertificates.keys();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final @Nullable X509Certificate trustedClients;
    private MockApnsServer server;
    private final int port;
    private volatile @Nullable RejectionReason rejection;
    private volatile boolean validating = true;
    private boolean stopped;

    public ApnsServer(TestCertificates certificates) {
        this(certificates, null);
    }

    /// @param trustedClients whose certificates it takes instead of tokens
    ApnsServer(TestCertificates certificates, @Nullable X509Certificate trustedClients) {
        this.certificates = certificates;
        this.trustedClients = trustedClients;
        this.server = build();
        this.port = server.start(0).join();
    }

    private MockApnsServer build() {
        try {
            var builder = new MockApnsServerBuilder()
                    .setServerCredentials(new X509Certificate[]{certificates.server()}, certificates.serverKey(), null)
                    .setHandlerFactory(handlers())
                    .setListener(new Listener());
            if (trustedClients != null) {
                builder.setTrustedServerCertificateChain(trustedClients);
            }
            return builder.build();
        } catch (SSLException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private PushNotificationHandlerFactory handlers() {
        try {
            var key = new ApnsVerificationKey(KEY_ID, TEAM_ID, (ECPublicKey) keys.getPublic());
            var validation = new ValidatingPushNotificationHandlerFactory(
                    Map.of(TOPIC, Set.of(TOKEN), TOPIC + ".voip", Set.of(TOKEN)),
                    Map.of(GONE_TOKEN, Instant.EPOCH), Map.of(KEY_ID, key),
                    Map.of(key, Set.of(TOPIC, TOPIC + ".voip")));
            return session -> {
                PushNotificationHandler rules = validation.buildHandler(session);
                return (headers, payload) -> handle(rules, headers, payload);
            };
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private void handle(PushNotificationHandler rules, Http2Headers headers, ByteBuf payload)
            throws RejectedNotificationException {
        RejectionReason reason = rejection;
        if (reason != null) {
            throw new RejectedNotificationException(reason);
        }
        if (validating) {
            rules.handlePushNotification(headers, payload);
        }
    }

    public int port() {
        return port;
    }

    /// The server as apps have it configured.
    public ApnsApp.Server address() {
        return new ApnsApp.Server("localhost", port);
    }

    /// Everything from now on.
    void reject(RejectionReason reason) {
        rejection = reason;
    }

    /// Has too much to do from now on.
    public void throttle() {
        reject(RejectionReason.TOO_MANY_REQUESTS);
    }

    /// Fails from now on.
    public void fail() {
        reject(RejectionReason.INTERNAL_SERVER_ERROR);
    }

    /// Takes things again.
    public void recover() {
        rejection = null;
    }

    /// From now on nothing is checked.
    public void acceptAll() {
        validating = false;
    }

    /// Goes, and comes back on the same port.
    void restart() {
        stop();
        start();
    }

    /// Goes, until it is started again.
    public void stop() {
        stopped = true;
        server.shutdown().join();
    }

    /// Comes back on the same port.
    public void start() {
        server = build();
        int _ = server.start(port).join();
        stopped = false;
    }

    /// Writes the key that tokens must be signed with.
    public Path writeKey(Path file) {
        return writeKey(file, keys);
    }

    static Path writeKey(Path file, KeyPair keys) {
        String encoded = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(keys.getPrivate().getEncoded());
        try {
            return Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// The next notification that was taken.
    public Received await() throws InterruptedException {
        Received next = received.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no notification came");
        }
        return next;
    }

    /// How many notifications nobody took yet.
    public int waiting() {
        return received.size();
    }

    @Override
    public void close() {
        if (!stopped) {
            var _ = server.shutdown();
        }
    }

    private final class Listener implements MockApnsServerListener {

        @Override
        public void handlePushNotificationAccepted(Http2Headers headers, ByteBuf payload) {
            var copy = new HashMap<String, String>();
            headers.forEach(header -> copy.put(header.getKey().toString(), header.getValue().toString()));
            received.add(new Received(copy, payload.toString(StandardCharsets.UTF_8)));
        }

        @Override
        public void handlePushNotificationRejected(Http2Headers headers, ByteBuf payload, RejectionReason reason,
                @Nullable Instant deviceTokenExpiration) {
        }
    }
}
