package bellframe.outbound.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import bellframe.outbound.calls.TestReceiver.Received;
import bellframe.outbound.calls.TestReceiver.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallsTest {

    private static final Duration WHOLE = Duration.ofMillis(900);
    private static final int ANSWER_BYTES = 1_000;
    private static final CallLimits LIMITS = new CallLimits(Duration.ofMillis(500), Duration.ofMillis(400), WHOLE,
            ANSWER_BYTES, 2, 4);
    /// For what must not fail although the machine is busy.
    private static final CallLimits PATIENT = new CallLimits(Duration.ofSeconds(10), Duration.ofSeconds(10),
            Duration.ofSeconds(20), ANSWER_BYTES, 2, 4);
    /// What a busy machine may add to a limit.
    private static final Duration SLACK = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    @AutoClose
    private final TestReceiver plain = new TestReceiver();

    private final TestCertificates certificates = new TestCertificates();

    @AutoClose
    private final TestReceiver secured = new TestReceiver(certificates);

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Test
    void aCallArrivesAsItIs() throws IOException, InterruptedException {
        secured.reply(Reply.of(201, Map.of("X-Some", "thing"), "done"));
        try (var calls = trusting(authority(), PATIENT)) {
            Answer answer = calls.send(new Call("POST", secured.url("/a%2Fb?c=%20d"),
                    Map.of("X-Other", List.of("one"), "Host", List.of("elsewhere")),
                    "said".getBytes(StandardCharsets.UTF_8)));

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("x-some")).isEqualTo("thing");
            assertThat(answer.body()).asString().isEqualTo("done");
            assertThat(answer.cut()).isFalse();
        }
        Received received = secured.await();
        assertThat(received.rawPath()).isEqualTo("/a%2Fb");
        assertThat(received.rawQuery()).isEqualTo("c=%20d");
        assertThat(received.header("x-other")).isEqualTo("one");
        assertThat(received.header("host")).isEqualTo("localhost:" + secured.port());
        assertThat(received.headers()).doesNotContainKeys("upgrade", "accept-encoding", "expect");
        assertThat(received.text()).isEqualTo("said");
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsNotTrusted() throws IOException {
        try (var calls = trusting(null, PATIENT)) {
            assertRefused(calls, secured.url(), "the certificate of localhost is not trusted");
        }
        assertThat(secured.waiting()).isZero();
    }

    @Test
    void aCertificateForAnotherHostIsNotTrusted() throws IOException {
        var others = new TestCertificates("example.com");
        try (var receiver = new TestReceiver(others);
                var calls = trusting(others.writeAuthority(folder.resolve("others.pem")), PATIENT)) {
            assertRefused(calls, receiver.url(), "the certificate of localhost is not trusted");
            assertThat(receiver.waiting()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://localhost:%d/", "https://127.0.0.1:%d/", "https://127.1:%d/", "https://[::1]:%d/",
            "https://[::ffff:127.0.0.1]:%d/", "https://0.0.0.0:%d/", "https://[::]:%d/"})
    void privateAddressesAreRefusedHoweverTheyAreSpelled(String address) throws IOException {
        var hosts = Set.of("localhost", "127.0.0.1", "127.1", "::1", "::ffff:127.0.0.1", "0.0.0.0", "::");
        try (var calls = new Calls(new CallRules(hosts, false, authority(), PATIENT))) {
            assertThat(failure(calls, URI.create(address.formatted(secured.port()))).asDelivery().permanent()).isTrue();
        }
        assertThat(secured.waiting()).isZero();
    }

    @Test
    void whoIsNotOnTheListIsNotCalled() throws IOException {
        try (var calls = new Calls(new CallRules(Set.of("example.com"), true, authority(), PATIENT))) {
            assertRefused(calls, secured.url(), "localhost is not among the hosts that may be called");
        }
        assertThat(secured.waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:1/", "ftp://localhost/", "file:///etc/passwd", "https://user@localhost/",
            "https:/path", "localhost"})
    void onlyHttpsIsSpokenWithTheWorld(String address) throws IOException {
        try (var calls = new Calls(new CallRules(Set.of("localhost"), false, null, PATIENT))) {
            assertThat(failure(calls, URI.create(address)).asDelivery().permanent()).isTrue();
        }
    }

    @Test
    void plainHttpLeadsToPrivateAddressesOnly() throws IOException {
        try (var calls = new Calls(new CallRules(Set.of("localhost", "8.8.8.8"), true, null, PATIENT))) {
            assertThat(get(calls, plain.url()).status()).isEqualTo(200);
            assertRefused(calls, URI.create("http://8.8.8.8/"), "8.8.8.8 has an address that may not be called");
        }
    }

    @Test
    void redirectsAreNotFollowed() throws IOException {
        plain.reply(Reply.of(302, Map.of("Location", plain.url("/elsewhere").toString()), ""));
        try (var calls = trusting(null, PATIENT)) {
            assertThat(get(calls, plain.url("/here")).status()).isEqualTo(302);
        }
        assertThat(plain.waiting()).isOne();
    }

    @Test
    void nothingIsTriedAgain() throws IOException {
        plain.reply(Reply.of(503, Map.of("Retry-After", "0"), ""));
        try (var calls = trusting(null, PATIENT)) {
            assertThat(get(calls, plain.url()).status()).isEqualTo(503);
        }
        assertThat(plain.waiting()).isOne();
    }

    @Test
    void cookiesAreForgotten() throws IOException, InterruptedException {
        plain.reply(Reply.of(200, Map.of("Set-Cookie", "a=b"), ""));
        try (var calls = trusting(null, PATIENT)) {
            get(calls, plain.url());
            get(calls, plain.url());
        }
        plain.await();
        assertThat(plain.await().headers()).doesNotContainKey("cookie");
    }

    @Test
    void proxiesOfTheProcessAreNotAsked() throws IOException {
        String before = System.getProperty("http.proxyHost");
        System.setProperty("http.proxyHost", "proxy.invalid");
        System.setProperty("http.nonProxyHosts", "none.invalid");
        try (var calls = trusting(null, PATIENT)) {
            assertThat(get(calls, plain.url()).status()).isEqualTo(200);
        } finally {
            System.clearProperty("http.nonProxyHosts");
            if (before == null) {
                System.clearProperty("http.proxyHost");
            } else {
                System.setProperty("http.proxyHost", before);
            }
        }
    }

    @Test
    void silenceEndsACall() throws IOException {
        plain.reply(Reply.never());
        assertPassesWithinLimit(plain.url());
    }

    @Test
    void aByteNowAndThenDoesNotKeepACallAlive() throws IOException {
        plain.reply(Reply.slowly(200));
        assertPassesWithinLimit(plain.url());
    }

    @Test
    void headersThatDoNotEndDoNotKeepACallAlive() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            Future<?> dripping = threads.submit(() -> drip(socket));
            assertPassesWithinLimit(URI.create("http://localhost:" + socket.getLocalPort()));
            dripping.cancel(true);
        }
    }

    @Test
    void noMoreOfAnAnswerIsReadThanMayBe() throws IOException {
        plain.reply(Reply.endless(200));
        try (var calls = trusting(null, PATIENT)) {
            Answer answer = get(calls, plain.url());

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).hasSize(ANSWER_BYTES);
            assertThat(answer.cut()).isTrue();
        }
    }

    @Test
    void anAnswerOfJustTheLimitIsWhole() throws IOException {
        plain.reply(Reply.of(200, Map.of(), "x".repeat(ANSWER_BYTES)));
        try (var calls = trusting(null, PATIENT)) {
            assertThat(get(calls, plain.url()).cut()).isFalse();
        }
    }

    @Test
    void aPortThatNobodyListensOnMayAnswerLater() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            port = socket.getLocalPort();
        }
        try (var calls = trusting(null, PATIENT)) {
            assertPasses(failure(calls, URI.create("http://localhost:" + port)), "localhost takes no connections");
        }
    }

    @Test
    void anUnknownHostMayBeKnownLater() throws IOException {
        try (var calls = new Calls(new CallRules(Set.of("nobody.invalid"), false, null, PATIENT))) {
            assertPasses(failure(calls, URI.create("https://nobody.invalid")), "there is no host nobody.invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"220 mail.example.com ESMTP\r\n\r\n", "HTTP/1.1 two hundred\r\n\r\n", "\r\n", ""})
    void whateverIsNoHttpMayBeSomeLater(String said) throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("localhost"));
                var calls = trusting(null, LIMITS)) {
            Future<?> saying = threads.submit(() -> say(socket, said));
            assertThat(failure(calls, URI.create("http://localhost:" + socket.getLocalPort())).asDelivery().permanent())
                    .isFalse();
            saying.cancel(true);
        }
    }

    @Test
    void aHostHasSoManyConnectionsAndTheNextCallWaits() throws Exception {
        plain.reply(Reply.never());
        try (var calls = trusting(null, PATIENT)) {
            for (int i = 0; i < 3; i++) {
                threads.execute(() -> failure(calls, plain.url()));
            }
            plain.await();
            plain.await();
            try (var others = trusting(null, LIMITS)) {
                failure(others, plain.url());
            }
            plain.await();
            assertThat(plain.waiting()).isZero();
        }
    }

    @Test
    void closingGivesUpTheCallsUnderWay() throws Exception {
        plain.reply(Reply.never());
        var calls = trusting(null, CallLimits.STANDARD);
        Future<CallFailed> failed = threads.submit(() -> failure(calls, plain.url()));
        plain.await();

        calls.close();

        assertThat(failed.get(SLACK.toMillis(), TimeUnit.MILLISECONDS).asDelivery().permanent()).isFalse();
        assertPasses(failure(calls, plain.url()), "the server stops, localhost is not called");
    }

    @Test
    void authoritiesThatCannotBeReadAreToldAtOnce() throws IOException {
        Path nothing = Files.writeString(folder.resolve("nothing.pem"), "");
        assertThatThrownBy(() -> trusting(nothing, LIMITS).close()).isInstanceOf(IOException.class)
                .hasMessageContaining("nothing.pem");
    }

    private static Calls trusting(@Nullable Path authority, CallLimits limits) throws IOException {
        return new Calls(new CallRules(Set.of("localhost"), true, authority, limits));
    }

    private Path authority() {
        return certificates.writeAuthority(folder.resolve("authority.pem"));
    }

    private static Answer get(Calls calls, URI address) throws CallFailed {
        return calls.send(new Call("GET", address, Map.of(), new byte[0]));
    }

    private static CallFailed failure(Calls calls, URI address) {
        return catchThrowableOfType(CallFailed.class, () -> get(calls, address));
    }

    private static void assertRefused(Calls calls, URI address, String reason) {
        CallFailed problem = failure(calls, address);
        assertThat(problem).hasMessage(reason);
        assertThat(problem.asDelivery().permanent()).isTrue();
    }

    private static void assertPasses(CallFailed problem, String reason) {
        assertThat(problem).hasMessage(reason);
        assertThat(problem.asDelivery().permanent()).isFalse();
    }

    private static void assertPassesWithinLimit(URI address) throws IOException {
        try (var calls = trusting(null, LIMITS)) {
            long before = System.nanoTime();
            CallFailed problem = failure(calls, address);
            var taken = Duration.ofNanos(System.nanoTime() - before);
            assertThat(problem.asDelivery().permanent()).isFalse();
            assertThat(problem).hasMessageContaining("took");
            assertThat(taken).isLessThan(WHOLE.plus(SLACK));
        }
    }

    private static void drip(ServerSocket socket) {
        try (Socket peer = socket.accept()) {
            peer.getOutputStream().write("HTTP/1.1 200 OK\r\nX-Long: ".getBytes(StandardCharsets.US_ASCII));
            var never = new CountDownLatch(1);
            while (!never.await(20, TimeUnit.MILLISECONDS)) {
                peer.getOutputStream().write('x');
            }
        } catch (IOException | InterruptedException _) {
            // the caller has gone
        }
    }

    private static void say(ServerSocket socket, String text) {
        try (Socket peer = socket.accept()) {
            peer.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            peer.shutdownOutput();
            peer.getInputStream().readAllBytes();
        } catch (IOException _) {
            // the caller has gone
        }
    }
}
