package bellframe.server.training;

import bellframe.credentials.AccessKey;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.Installation;
import bellframe.server.folder.RunningServerFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A client that signs with the root key, Signature Version 4.
final class TrainingClient implements AutoCloseable {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);
    private static final int DAY_LENGTH = 8;
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final int FIRST_ERROR = 400;

    private final HttpClient http;
    private final RunningServerFile server;
    private final AccessKey key;
    private final String region;
    private final InstantSource clock;
    private int tokens;

    private TrainingClient(HttpClient http, RunningServerFile server, AccessKey key, String region,
            InstantSource clock) {
        this.http = http;
        this.server = server;
        this.key = key;
        this.region = region;
        this.clock = clock;
    }

    static TrainingClient of(RunningServerFile server, Installation installation, DataFolder folder,
            InstantSource clock) throws IOException, GeneralSecurityException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(folder))
                .build();
        return new TrainingClient(http, server, installation.rootKey(), installation.region(), clock);
    }

    private static SSLContext trusting(DataFolder folder) throws IOException, GeneralSecurityException {
        KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
        anchors.load(null, null);
        try (InputStream authority = Files.newInputStream(folder.authorityCertificate())) {
            anchors.setCertificateEntry("authority",
                    CertificateFactory.getInstance("X.509").generateCertificate(authority));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /// One that no request of this client has had.
    String nextToken() {
        return "token-" + ++tokens;
    }

    /// @param bearer empty for none
    void post(String path, String bearer, String body) throws IOException, InterruptedException,
            GeneralSecurityException {
        call("POST", path, bearer, body);
    }

    void get(String path, String bearer) throws IOException, InterruptedException, GeneralSecurityException {
        call("GET", path, bearer, "");
    }

    private void call(String method, String path, String bearer, String body)
            throws IOException, InterruptedException, GeneralSecurityException {
        String time = TIME.format(clock.instant());
        String bearerLine = bearer.isEmpty() ? "" : "x-amz-chime-bearer:" + bearer + "\n";
        String signed = bearer.isEmpty() ? "host;x-amz-date" : "host;x-amz-chime-bearer;x-amz-date";
        String canonical = String.join("\n", method, encodePath(path), "",
                "host:" + host() + "\n" + bearerLine + "x-amz-date:" + time + "\n", signed, sha256(body));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + host() + path))
                .header("X-Amz-Date", time)
                .header("Content-Type", "application/json")
                .header("Authorization", ALGORITHM + " Credential=" + key.id() + "/" + scope(time)
                        + ", SignedHeaders=" + signed + ", Signature=" + signature(time, canonical))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!bearer.isEmpty()) {
            request.header("X-Amz-Chime-Bearer", bearer);
        }
        send(request.build());
    }

    /// Opens a messaging session of a user.
    ///
    /// @param scheme `ws` or `wss`
    TrainingSession connect(String scheme, String user) throws GeneralSecurityException {
        String time = TIME.format(clock.instant());
        String query = "X-Amz-Algorithm=" + ALGORITHM
                + "&X-Amz-Credential=" + encode(key.id() + "/" + scope(time))
                + "&X-Amz-Date=" + time
                + "&X-Amz-Expires=60&X-Amz-SignedHeaders=host"
                + "&sessionId=training&userArn=" + encode(user);
        String canonical = String.join("\n", "GET", "/connect", query, "host:" + host() + "\n", "host", sha256(""));
        String url = scheme + "://" + host() + "/connect?" + query + "&X-Amz-Signature=" + signature(time, canonical);
        var session = new TrainingSession();
        http.newWebSocketBuilder().buildAsync(URI.create(url), session).join();
        return session;
    }

    /// Asks for what operators watch.
    void scrape() throws IOException, InterruptedException {
        for (String path : new String[]{"/readyz", "/metrics"}) {
            send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.adminPort() + path)).build());
        }
    }

    private void send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= FIRST_ERROR) {
            throw new IOException(request.uri().getPath() + " was answered " + answer.statusCode() + " "
                    + answer.body());
        }
    }

    private String host() {
        return "localhost:" + server.port();
    }

    private String scope(String time) {
        return time.substring(0, DAY_LENGTH) + "/" + region + "/chime/aws4_request";
    }

    private String signature(String time, String canonicalRequest) throws GeneralSecurityException {
        byte[] signingKey = ("AWS4" + key.secret()).getBytes(StandardCharsets.UTF_8);
        for (String part : scope(time).split("/", -1)) {
            signingKey = hmac(signingKey, part);
        }
        return HexFormat.of()
                .formatHex(hmac(signingKey,
                        String.join("\n", ALGORITHM, time, scope(time), sha256(canonicalRequest))));
    }

    private static byte[] hmac(byte[] secret, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(String text) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// ARNs have nothing that forms and paths encode differently.
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// A path is encoded once more than it is sent.
    private static String encodePath(String path) {
        return encode(path).replace("%2F", "/");
    }

    @Override
    public void close() {
        http.close();
    }
}
