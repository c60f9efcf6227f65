package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A server that tests attack, with every buffer tracked. After the class it must be as healthy as before: it serves, no
/// connection, request or buffer is left over, and it has logged no problem of its own.
///
/// It has a user and a channel, so that an attack differs from a good request in one point only.
final class AttackedServer implements BeforeAllCallback, AfterAllCallback, AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final AtomicInteger SENTINELS = new AtomicInteger();
    private static final Pattern SERVER_ERROR = Pattern.compile(
            "bellframe_requests\\S*error=\"(?:ServiceFailure|ServiceUnavailable)Exception\"\\S* (?!0)\\S+");

    /// Attacks come from one address, and more of them than one may make.
    private final RunningServer server = new RunningServer()
            .with("BELLFRAME_CONNECTIONS_PER_ADDRESS_MAX", "0")
            .with("BELLFRAME_FAILED_SIGNATURES_PER_MINUTE_MAX", "0")
            // A disk that others keep busy is no harm that an attack did.
            .with("BELLFRAME_SLOW_OPERATION", "30s");
    private final HttpClient http = HttpClient.newHttpClient();
    private Duration limit = LIMIT;
    private Path lose = Path.of("");
    private AttackSigner signer = new AttackSigner("", "", "");
    private String appInstance = "";
    private String user = "";
    private String channel = "";

    /// Waits for its conditions no longer than this.
    AttackedServer withLimitSeconds(int seconds) {
        limit = Duration.ofSeconds(seconds);
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    /// Starts the server and makes the user and the channel.
    void start() {
        lose = server.dataFolder().resolveSibling("lose");
        server.withJvmOption("-Dio.netty.leakDetection.level=paranoid")
                .withJvmOption("-Dio.netty.customResourceLeakDetector=" + LosingLeakDetector.class.getName())
                .withJvmOption("-D" + LosingLeakDetector.FILE + "=" + lose)
                .start();
        try (SdkClients clients = SdkClients.of(server)) {
            var credentials = clients.signedRequests().credentials();
            signer = new AttackSigner(credentials.accessKeyId(), credentials.secretAccessKey(),
                    clients.signedRequests().region());
            appInstance = clients.appInstance();
            user = clients.user("ada");
            channel = clients.channel(user);
        }
    }

    /// Starts the server again with less space on its disk than it is to leave free, so that every write is answered 503.
    void restartWithFullDisk() {
        server.with("BELLFRAME_FREE_SPACE_RESERVE_BYTES", "1024GiB").restart();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        try (this) {
            requireUnharmed();
        }
    }

    /// The process itself, to be ended and started again.
    RunningServer running() {
        return server;
    }

    int port() {
        return server.port();
    }

    int adminPort() {
        return server.adminPort();
    }

    AttackSigner signer() {
        return signer;
    }

    String user() {
        return user;
    }

    String channel() {
        return channel;
    }

    String appInstance() {
        return appInstance;
    }

    /// The value of a `Host` header for this server.
    String host() {
        return "localhost:" + port();
    }

    AttackClient connect(Scheme scheme) {
        return AttackClient.connect(scheme, port());
    }

    /// A request that asks for nothing unusual, to be signed as it is or after a change.
    AttackRequest listChannels() {
        return AttackRequest.of("GET", "/channels?app-instance-arn=" + AttackSigner.encode(appInstance))
                .with("Host", host())
                .with("x-amz-chime-bearer", user);
    }

    /// A message to the channel.
    AttackRequest sendMessage(String body) {
        return AttackRequest.of("POST", SignedRequests.channelPath(channel) + "/messages")
                .with("Host", host())
                .with("Content-Type", "application/json")
                .with("x-amz-chime-bearer", user)
                .withBody(body);
    }

    /// Sends a request that must work, on a connection of its own.
    void requireService(Scheme scheme) {
        try (var client = connect(scheme)) {
            assertThat(client.send(signer.sign(listChannels())).read().status()).isEqualTo(200);
        }
    }

    void requireUnharmed() {
        assertThat(server.process().isAlive()).isTrue();
        requireService(Scheme.PLAIN);
        requireService(Scheme.TLS);
        await("no request in flight", limit, () -> gauge("bellframe_requests_in_flight") == 0);
        await("no connection left", limit, () -> gauge("bellframe_connections") == 0);
        assertThat(SERVER_ERROR.matcher(metrics()).results().map(line -> line.group())).isEmpty();
        requireNoLeak();
        assertThat(problems()).isEmpty();
    }

    /// Loses a buffer and waits until that is noticed: by then the detector has noticed all others too.
    void requireNoLeak() {
        String sentinel = "lost on purpose #" + SENTINELS.incrementAndGet() + ".";
        lose(sentinel);
        await("the detector notices", LIMIT, () -> {
            server.jcmd("GC.run");
            // The detector looks for lost buffers when the next one is made.
            requireService(Scheme.PLAIN);
            return server.log().contains(sentinel);
        });
        assertThat(leaks()).allMatch(line -> line.contains("lost on purpose"));
    }

    /// Loses a buffer under a name.
    void lose(String name) {
        try {
            Path draft = lose.resolveSibling("draft");
            Files.writeString(draft, name);
            Files.move(draft, lose);
            requireService(Scheme.PLAIN);
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private List<String> leaks() {
        return server.log().lines().filter(line -> line.contains("LEAK")).toList();
    }

    private List<String> problems() {
        return server.log()
                .lines()
                .filter(line -> line.contains("\"level\":\"ERROR\"") || line.contains("\"level\":\"WARN\""))
                .filter(line -> !line.contains("lost on purpose"))
                .toList();
    }

    /// How many objects of a class the server holds.
    long instances(String className) {
        return HeapHistogram.of(server).instances(className);
    }

    double gauge(String name) {
        return metrics().lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name));
    }

    private String metrics() {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.adminPort() + "/metrics"));
            return http.send(request.build(), BodyHandlers.ofString()).body();
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        } catch (InterruptedException problem) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", problem);
        }
    }

    /// Another time of the same minute, in the form of `X-Amz-Date`.
    static String otherSecond(String date) {
        return date.substring(0, 13) + (date.startsWith("00", 13) ? "01" : "00") + "Z";
    }

    static void await(String what, BooleanSupplier condition) {
        await(what, LIMIT, condition);
    }

    private static void await(String what, Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
