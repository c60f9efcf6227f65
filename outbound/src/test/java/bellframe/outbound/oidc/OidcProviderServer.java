package bellframe.outbound.oidc;

import bellframe.outbound.calls.TestCertificates;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.PlainObject;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A small OpenID Connect provider on a free port of this machine, with a certificate of its own authority. It issues what
/// it is asked for, also tokens that no provider should.
public final class OidcProviderServer implements AutoCloseable {

    /// How the provider answers.
    public enum Behaviour {
        WELL,
        /// Takes requests and says nothing until it is closed.
        SILENT,
        /// Begins an answer and does not go on until it is closed.
        STUCK,
        FAILING,
        REDIRECTING,
        /// Sends a page of HTML with status 200.
        GARBAGE,
        /// Sends a document that says `null`.
        NOTHING,
        OTHER_ISSUER,
        /// Names an address of plain HTTP for its keys.
        PLAIN_KEYS
    }

    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final String KEYS = "/keys";
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);

    private final String path;
    private final TestCertificates certificates = new TestCertificates();
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicInteger others = new AtomicInteger();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Behaviour behaviour = Behaviour.WELL;
    private volatile int documentBytes;
    private volatile SigningKey current = SigningKey.curved(Curve.P_256);
    private volatile List<SigningKey> published = List.of(current);
    private volatile List<Map<String, Object>> strange = List.of();

    public OidcProviderServer() {
        this("");
    }

    /// @param path of its URL
    public OidcProviderServer(String path) {
        this.path = path;
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.serverContext()));
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /// As IAM registers it and tokens name it.
    public String url() {
        return origin() + path;
    }

    /// Writes the certificate of the authority that vouches for the server.
    ///
    /// @return the file, in PEM
    public Path writeAuthority(Path folder) {
        return certificates.writeAuthority(folder.resolve("authority-" + server.getAddress().getPort() + ".pem"));
    }

    /// What a usual token says, to be changed at will.
    public Map<String, Object> claims(String subject, String clientId, Instant now) {
        return new HashMap<>(Map.of("iss", url(), "sub", subject, "aud", clientId,
                "iat", now.getEpochSecond(), "exp", now.plus(TOKEN_LIFE).getEpochSecond()));
    }

    /// A token with these claims, whatever they are, signed as it should be.
    public String token(Map<String, ?> claims) {
        JWSAlgorithm algorithm = current.published() instanceof ECKey ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256;
        return current.sign(current.header(algorithm).build(), claims);
    }

    /// A token of `alg: none`.
    public String unsignedToken(Map<String, ?> claims) {
        return new PlainObject(new Payload(Map.copyOf(claims))).serialize();
    }

    /// A token that takes the provider's public key, as the provider publishes it, for a shared secret.
    public String tokenSignedWithPublicKey(Map<String, ?> claims) {
        byte[] secret = current.published().toJSONString().getBytes(StandardCharsets.UTF_8);
        var token = new JWSObject(current.header(JWSAlgorithm.HS256).build(), new Payload(Map.copyOf(claims)));
        try {
            token.sign(new MACSigner(secret));
        } catch (JOSEException problem) {
            throw new IllegalStateException(problem);
        }
        return token.serialize();
    }

    /// From now on tokens are signed with a new key, and the ones before are not published any more.
    public void rotateKeys() {
        publish(SigningKey.curved(Curve.P_256));
    }

    /// Signs with the first of these keys from now on, and publishes them all.
    void publish(SigningKey... keys) {
        published = List.of(keys);
        current = keys[0];
    }

    /// Publishes these entries before the keys.
    void publishStrange(List<Map<String, Object>> entries) {
        strange = entries;
    }

    SigningKey key() {
        return current;
    }

    public void behave(Behaviour as) {
        behaviour = as;
    }

    /// Fills up each document with spaces to this size.
    public void fillDocuments(int bytes) {
        documentBytes = bytes;
    }

    /// How often the keys were asked for; each time begins with the discovery document.
    public int fetches() {
        return fetches.get();
    }

    /// How many requests there were for anything but the discovery document and the keys.
    public int otherRequests() {
        return others.get();
    }

    /// Waits until the first request is here.
    public void awaitRequest() throws InterruptedException {
        if (!asked.await(10, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody asked");
        }
    }

    private String origin() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String document = document(exchange.getRequestURI().getPath());
            asked.countDown();
            switch (behaviour) {
                case SILENT -> awaitClose();
                case STUCK -> sendHalf(exchange, document);
                case FAILING -> send(exchange, 500, document);
                case REDIRECTING -> {
                    exchange.getResponseHeaders().add("Location", origin() + "/elsewhere");
                    send(exchange, 302, document);
                }
                case WELL, GARBAGE, NOTHING, OTHER_ISSUER, PLAIN_KEYS ->
                    send(exchange, document == null ? 404 : 200, document);
            }
        }
    }

    private @Nullable String document(String requested) {
        String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (requested.equals(base + DISCOVERY)) {
            fetches.incrementAndGet();
            return discovery();
        }
        if (requested.equals(KEYS)) {
            return keys();
        }
        others.incrementAndGet();
        return null;
    }

    private String keys() {
        List<Map<String, Object>> entries = Stream.concat(strange.stream(),
                published.stream().map(key -> key.published().toJSONObject())).toList();
        return JSONObjectUtils.toJSONString(Map.of("keys", entries));
    }

    private String discovery() {
        return switch (behaviour) {
            case GARBAGE -> "<html><body>Sign in first</body></html>";
            case NOTHING -> "null";
            case OTHER_ISSUER -> discovery(origin() + "/other", origin() + KEYS);
            case PLAIN_KEYS -> discovery(url(), origin().replace("https:", "http:") + KEYS);
            case WELL, SILENT, STUCK, FAILING, REDIRECTING -> discovery(url(), origin() + KEYS);
        };
    }

    private static String discovery(String issuer, String keys) {
        return JSONObjectUtils.toJSONString(Map.of("issuer", issuer, "jwks_uri", keys));
    }

    private void send(HttpExchange exchange, int status, @Nullable String document) throws IOException {
        byte[] body = filled(document);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private void sendHalf(HttpExchange exchange, @Nullable String document) throws IOException {
        byte[] body = filled(document);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body, 0, body.length / 2);
        exchange.getResponseBody().flush();
        awaitClose();
    }

    private byte[] filled(@Nullable String document) {
        byte[] body = (document == null ? "" : document).getBytes(StandardCharsets.UTF_8);
        byte[] filled = Arrays.copyOf(body, Math.max(body.length, documentBytes));
        Arrays.fill(filled, body.length, filled.length, (byte) ' ');
        return filled;
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        closed.countDown();
        threads.shutdownNow();
    }
}
