package bellframe.http;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.http.RawClient.Response;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who clients are, and what one address may take.
@ExtendWith(NoLeaks.class)
@Timeout(60)
class ClientAddressesTest {

    private static final String OWN = "127.0.0.1";
    private static final String ALICE = "203.0.113.7";
    private static final Proxies FORWARDING = proxies(false, "127.0.0.0/8", "10.0.0.0/8");
    private static final Proxies SPEAKING = proxies(true, "127.0.0.0/8", "10.0.0.0/8");
    private static final Proxies FOREIGN = proxies(true, "192.0.2.0/24");
    private static final int MANY = 100;

    private @Nullable RunningHttp running;

    @AfterEach
    void stop() {
        server().close();
    }

    private void start(HttpLimits limits, Proxies proxies, int failuresPerMinuteMax) throws Exception {
        running = RunningHttp.start(limits, proxies, failuresPerMinuteMax);
    }

    private RunningHttp server() {
        return Objects.requireNonNull(running);
    }

    private void start(Proxies proxies) throws Exception {
        start(RunningHttp.QUICK, proxies, 0);
    }

    private static Proxies proxies(boolean protocol, String... blocks) {
        return new Proxies(Stream.of(blocks).map(block -> AddressBlock.parse(block).orElseThrow()).toList(), protocol);
    }

    private static String get(String... headers) {
        return request("Authorization: x", headers);
    }

    private static String unsigned(String... headers) {
        return request("Accept: */*", headers);
    }

    private static String request(String first, String... headers) {
        return "GET /channels HTTP/1.1\r\nHost: localhost\r\nx-amz-chime-bearer: " + RunningHttp.BEARER + "\r\n" + first
                + "\r\n" + String.join("", Arrays.stream(headers).map(header -> header + "\r\n").toList()) + "\r\n";
    }

    private Response exchange(String request) throws Exception {
        try (var client = server().raw()) {
            return client.send(request).read();
        }
    }

    private String address() {
        return server().calls.remove().sourceAddress();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "203.0.113.7 | 203.0.113.7",
            "1.2.3.4, 203.0.113.7 | 203.0.113.7",
            "1.2.3.4,203.0.113.7,10.0.0.1 , 10.9.9.9 | 203.0.113.7",
            "anything, 203.0.113.7 | 203.0.113.7",
            "10.0.0.3, 10.0.0.1 | 10.0.0.3",
            "2001:db8::7 | 2001:db8:0:0:0:0:0:7",
            "::ffff:203.0.113.7 | 203.0.113.7",
            "203.0.113.7, unknown | 127.0.0.1",
            "203.0.113.7, unknown, 10.0.0.1 | 127.0.0.1",
            "203.0.113.7:1234 | 127.0.0.1",
            "203.0.113.7, | 127.0.0.1",
            "localhost | 127.0.0.1",
            "12345 | 127.0.0.1",
            ", | 127.0.0.1",
            "'' | 127.0.0.1"})
    void aTrustedProxySaysWhoItsClientsAre(String forwardedFor, String expected) throws Exception {
        start(FORWARDING);

        assertThat(exchange(get("X-Forwarded-For: " + forwardedFor)).status()).isEqualTo(200);

        assertThat(address()).isEqualTo(expected);
    }

    @Test
    void severalHeadersAreOneInTheirOrder() throws Exception {
        start(FORWARDING);

        exchange(get("X-Forwarded-For: 1.2.3.4", "x-forwarded-for: " + ALICE, "X-Forwarded-For: 10.0.0.1, 10.0.0.2"));

        assertThat(address()).isEqualTo(ALICE);
    }

    @Test
    void requestsOfOneConnectionMayBeOfDifferentClients() throws Exception {
        start(FORWARDING);

        try (var client = server().raw()) {
            client.send(get("X-Forwarded-For: " + ALICE)).read();
            client.send(get("X-Forwarded-For: 203.0.113.8")).read();
            client.send(get()).read();
        }

        assertThat(List.of(address(), address(), address())).containsExactly(ALICE, "203.0.113.8", OWN);
    }

    @Test
    void nobodyElseIsBelieved() throws Exception {
        start(proxies(false, "192.0.2.0/24"));

        exchange(get("X-Forwarded-For: " + ALICE));

        assertThat(address()).isEqualTo(OWN);
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of(ProxyProtocol.v1("PROXY TCP4 203.0.113.7 10.0.0.1 4660 443"), ALICE),
                Arguments.of(ProxyProtocol.v1("PROXY TCP6 2001:db8::7 2001:db8::1 4660 443"), "2001:db8:0:0:0:0:0:7"),
                Arguments.of(ProxyProtocol.v1("PROXY UNKNOWN"), OWN),
                Arguments.of(ProxyProtocol.v1("PROXY UNKNOWN ffff::1 ffff::2 1 2"), OWN),
                Arguments.of(ProxyProtocol.v2(ALICE), ALICE),
                Arguments.of(ProxyProtocol.v2("2001:db8::7"), "2001:db8:0:0:0:0:0:7"),
                Arguments.of(ProxyProtocol.local(), OWN),
                Arguments.of(ProxyProtocol.unix(), OWN));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void aProxyHeaderNamesTheClient(byte[] header, String expected) throws Exception {
        start(SPEAKING);

        try (var client = server().raw()) {
            client.send(header);
            assertThat(client.send(get()).read().status()).isEqualTo(200);
            assertThat(client.send(get()).read().status()).isEqualTo(200);
        }

        assertThat(List.of(address(), address())).containsOnly(expected);
    }

    @ParameterizedTest
    @MethodSource("headers")
    void tlsBeginsBehindTheHeader(byte[] header, String expected) throws Exception {
        start(SPEAKING);

        try (var client = server().raw().send(header).withinTls()) {
            assertThat(client.send(get()).read().status()).isEqualTo(200);
        }

        assertThat(server().calls.element().secure()).isTrue();
        assertThat(address()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("headers")
    void aHeaderMayComeInPiecesOrWithARequest(byte[] header, String expected) throws Exception {
        start(SPEAKING);

        try (var client = server().raw()) {
            for (byte one : header) {
                client.send(new byte[]{one});
            }
            assertThat(client.send(get()).read().status()).isEqualTo(200);
        }
        try (var client = server().raw()) {
            assertThat(client.send(with(header, get())).read().status()).isEqualTo(200);
        }

        assertThat(List.of(address(), address())).containsOnly(expected);
    }

    private static byte[] with(byte[] header, String request) {
        byte[] rest = request.getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(header, header.length + rest.length);
        System.arraycopy(rest, 0, all, header.length, rest.length);
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "PROXY TCP4 203.0.113.777 10.0.0.1 4660 443\r\n",
            "PROXY TCP4 proxy.example.com 10.0.0.1 4660 443\r\n",
            "PROXY TCP4 203.0.113.7 10.0.0.1 4660\r\n",
            "PROXY TCP5 203.0.113.7 10.0.0.1 4660 443\r\n",
            "proxy TCP4 203.0.113.7 10.0.0.1 4660 443\r\n",
            "PROXY TCP4 203.0.113.7 10.0.0.1 4660 443 and much more than any header of this version may have, so it is none\r\n",
            ""})
    void aTrustedProxyWithoutAGoodHeaderIsCutOff(String header) throws Exception {
        start(SPEAKING);

        try (var client = server().raw()) {
            assertThat(client.send(header + get()).isClosed()).isTrue();
        }

        assertThat(server().calls).isEmpty();
    }

    @Test
    void aHeaderThatDoesNotComeInTimeEndsTheConnection() throws Exception {
        start(RunningHttp.QUICK.withFirstRequestLimit(Duration.ofMillis(200)), SPEAKING, 0);

        try (var client = server().raw()) {
            assertThat(client.send("PROXY TCP4 203.0.113.7").isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("headers")
    void aHeaderOfAnybodyElseIsNoRequest(byte[] header, String ignored) throws Exception {
        start(FOREIGN);

        try (var client = server().raw()) {
            assertThat(client.send(with(header, get())).read().status()).isEqualTo(400);
        }

        assertThat(server().calls).isEmpty();
    }

    @Test
    void aClientNamedByAHeaderIsNotBelievedWhatItForwards() throws Exception {
        start(SPEAKING);

        try (var client = server().raw()) {
            client.send(ProxyProtocol.v2(ALICE)).send(get("X-Forwarded-For: 1.2.3.4")).read();
        }

        assertThat(address()).isEqualTo(ALICE);
    }

    @Test
    void oneConnectionMoreThanAnAddressMayHaveIsClosedAtOnce() throws Exception {
        start(RunningHttp.QUICK.withConnectionsPerAddressMax(2), FOREIGN, 0);

        try (var first = server().raw(); var second = server().raw()) {
            assertThat(first.send(get()).read().status()).isEqualTo(200);
            assertThat(second.send(get()).read().status()).isEqualTo(200);
            try (var third = server().raw()) {
                assertThat(third.isClosed()).isTrue();
            }
            assertThat(first.send(get()).read().status()).isEqualTo(200);
        }

        assertThat(server().metrics.counter("bellframe.connections.refused").count()).isEqualTo(1);
        awaitNoConnections();
        assertThat(exchange(get()).status()).isEqualTo(200);
    }

    private void awaitNoConnections() {
        while (server().metrics.get("bellframe.connections").gauge().value() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void connectionsOfTrustedProxiesAreNotCounted() throws Exception {
        start(RunningHttp.QUICK.withConnectionsPerAddressMax(1), FORWARDING, 0);

        try (var first = server().raw(); var second = server().raw()) {
            assertThat(first.send(get("X-Forwarded-For: " + ALICE)).read().status()).isEqualTo(200);
            assertThat(second.send(get("X-Forwarded-For: " + ALICE)).read().status()).isEqualTo(200);
        }
    }

    @Test
    void connectionsBehindAProxyCountForTheClientThatTheHeaderNames() throws Exception {
        start(RunningHttp.QUICK.withConnectionsPerAddressMax(1), SPEAKING, 0);

        try (var first = server().raw(); var second = server().raw(); var other = server().raw()) {
            assertThat(first.send(with(ProxyProtocol.v2(ALICE), get())).read().status()).isEqualTo(200);
            assertThat(second.send(with(ProxyProtocol.v2(ALICE), get())).isClosed()).isTrue();
            assertThat(other.send(with(ProxyProtocol.v2("203.0.113.8"), get())).read().status()).isEqualTo(200);
        }

        assertThat(server().calls).as("what came with a refused header is not served").hasSize(2);
    }

    @Test
    void anIpv6NetworkCountsAsOneAddress() throws Exception {
        start(RunningHttp.QUICK.withConnectionsPerAddressMax(1), SPEAKING, 0);

        try (var first = server().raw(); var second = server().raw(); var other = server().raw()) {
            assertThat(first.send(with(ProxyProtocol.v2("2001:db8::1"), get())).read().status()).isEqualTo(200);
            assertThat(second.send(with(ProxyProtocol.v2("2001:db8::ffff:1"), get())).isClosed()).isTrue();
            assertThat(other.send(with(ProxyProtocol.v2("2001:db8:0:1::1"), get())).read().status()).isEqualTo(200);
        }
    }

    @Test
    void anAddressThatFailedTooOftenIsNotListenedTo() throws Exception {
        start(RunningHttp.QUICK, FORWARDING, 3);
        try (var client = server().raw()) {
            for (int failure = 0; failure < 3; failure++) {
                assertThat(client.send(unsigned()).read().status()).isEqualTo(403);
            }

            Response refused = client.send(get()).read();

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("x-amzn-ErrorType")).isEqualTo("ThrottledClientException");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.body()).contains("\"Code\":\"Throttled\"");
            assertThat(client.send(get("X-Forwarded-For: " + ALICE)).read().status()).isEqualTo(200);

            server().time.addSeconds(20);
            assertThat(client.send(get()).read().status()).isEqualTo(200);
            assertThat(client.send(unsigned()).read().status()).isEqualTo(403);
            assertThat(client.send(get()).read().status()).isEqualTo(429);
        }

        assertThat(server().failures.counter("bellframe.signatures.failed").count()).isEqualTo(4);
        assertThat(server().failures.counter("bellframe.signatures.unread").count()).isEqualTo(2);
    }

    @Test
    void refusalsOfOtherKindsDoNotCount() throws Exception {
        start(RunningHttp.QUICK, Proxies.NONE, 1);
        server().service = (_, _) -> {
            throw new Refused(Refusal.NOT_FOUND);
        };

        try (var client = server().raw()) {
            for (int i = 0; i < MANY; i++) {
                assertThat(client.send(get()).read().status()).isEqualTo(404);
            }
        }
    }

    @Test
    void withoutABoundAnybodyMayFailAsOftenAsTheyLike() throws Exception {
        start(Proxies.NONE);
        try (var client = server().raw()) {
            for (int i = 0; i < MANY; i++) {
                assertThat(client.send(unsigned()).read().status()).isEqualTo(403);
            }
            assertThat(client.send(get()).read().status()).isEqualTo(200);
        }
    }

    @Test
    void aThrottledOperationDoesNotRun() throws Exception {
        start(Proxies.NONE);
        server().throttling = (_, _) -> {
            throw new Refused(Refusal.THROTTLED);
        };

        Response refused = exchange(get());

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(server().calls).isEmpty();
    }
}
