package bellframe.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.http.NoLeaks;
import bellframe.http.TestTls;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.sessions.CloseReason;
import bellframe.sessions.Connection;
import bellframe.sessions.Frame;
import bellframe.sessions.PrefetchOrder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoLeaks.class)
@Timeout(60)
class WebSocketTest {

    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private RunningSessions server;

    @BeforeEach
    void start() throws Exception {
        server = new RunningSessions(limits(Duration.ofSeconds(30), Duration.ofSeconds(20)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart(ConnectionLimits limits) throws Exception {
        server.close();
        server = new RunningSessions(limits);
    }

    private static ConnectionLimits limits(Duration pingInterval, Duration closeLimit) {
        return new ConnectionLimits(1024 * 1024, Duration.ofSeconds(20), 4096, 100, pingInterval, closeLimit);
    }

    private RawWebSocket connect() throws Exception {
        var client = new RawWebSocket(server.port());
        client.handshake(RawWebSocket.GOOD);
        return client;
    }

    @Test
    void anAddressWhoseSignaturesFailedTooOftenIsToldToComeLater() throws Exception {
        server.close();
        server = new RunningSessions(limits(Duration.ofSeconds(30), Duration.ofSeconds(20)), 2);

        assertThat(closeCode(RawWebSocket.GOOD.replace("good", "bad"))).isEqualTo(4401);
        assertThat(closeCode(RawWebSocket.GOOD.replace("good", "bad"))).isEqualTo(4401);
        assertThat(closeCode(RawWebSocket.GOOD)).isEqualTo(4429);
    }

    private int closeCode(String target) throws Exception {
        try (var client = new RawWebSocket(server.port())) {
            client.handshake(target);
            return client.read().closeCode();
        }
    }

    @Test
    void theHandshakeProvesThatItUnderstood() throws Exception {
        try (var client = new RawWebSocket(server.port())) {
            assertThat(client.handshake(RawWebSocket.GOOD))
                    .startsWith("HTTP/1.1 101 ")
                    .containsIgnoringCase("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
                    .doesNotContainIgnoringCase("sec-websocket-extensions");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "wss"})
    void anyClientGetsItsEvents(String scheme) throws Exception {
        var firstText = new CompletableFuture<String>();
        try (HttpClient client = TestTls.client()) {
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create(scheme + "://localhost:" + server.port() + RawWebSocket.GOOD),
                            new FirstText(firstText))
                    .join();
            String text = "ü".repeat(40_000);

            server.send(text, server.nextOpened().connection());

            assertThat(firstText.join()).isEqualTo(text);
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            server.nextClosed();
        }
    }

    private static final class FirstText implements WebSocket.Listener {

        private final CompletableFuture<String> whole;
        private final StringBuilder parts = new StringBuilder();

        FirstText(CompletableFuture<String> whole) {
            this.whole = whole;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                whole.complete(parts.toString());
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', ", "&prefetch-on=connect, UNREAD", "&prefetch-on=never, ", "&prefetch-sort-by=unread, ",
            "&prefetch-on=connect&prefetch-sort-by=unread, UNREAD",
            "&prefetch-on=connect&prefetch-sort-by=anything, UNREAD",
            "&prefetch-on=connect&prefetch-sort-by=last%2Dmessage%2Dtimestamp, LAST_MESSAGE_TIMESTAMP"})
    void theQuerySaysWhatIsPrefetched(String parameters, @Nullable PrefetchOrder prefetch) throws Exception {
        try (var client = new RawWebSocket(server.port())) {
            client.handshake(RawWebSocket.GOOD + parameters);

            assertThat(server.nextOpened().request().prefetch()).isEqualTo(prefetch);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 200_000})
    void oneFrameServesEveryConnectionAtEveryLength(int length) throws Exception {
        try (var one = connect(); var two = connect(); var three = connect()) {
            Connection[] all = {server.nextOpened().connection(), server.nextOpened().connection(),
                    server.nextOpened().connection()};
            String text = "x".repeat(length);

            server.send(text, all);

            for (RawWebSocket client : new RawWebSocket[]{one, two, three}) {
                RawWebSocket.Received frame = client.read();
                assertThat(frame.opcode()).isEqualTo(TEXT);
                assertThat(frame.text()).isEqualTo(text);
            }
        }
    }

    @Test
    void theListenerLearnsWhoConnected() throws Exception {
        try (var client = new RawWebSocket(server.port())) {
            client.handshake(
                    "/connect?sessionId=a%2Db+c&userArn=arn%3Aaws%3Achime%3A%3A%3Aapp%2Dinstance%2Fi%2Fuser%2Fx%2By"
                            + "&prefetch-on=connect&X-Amz-Signature=good");

            RunningSessions.Opened opened = server.nextOpened();

            assertThat(opened.request().userArn()).isEqualTo("arn:aws:chime:::app-instance/i/user/x+y");
            assertThat(opened.request().sessionId()).isEqualTo("a-b c");
            assertThat(opened.request().prefetch()).isEqualTo(PrefetchOrder.UNREAD);
            assertThat(opened.principalArn()).isEqualTo("arn:aws:iam::123456789012:root");
        }
    }

    @ParameterizedTest
    @CsvSource({
            "/connect?userArn=u&sessionId=s&X-Amz-Signature=bad, 4401, Unauthorized",
            "/connect, 4401, Unauthorized",
            "/connect?userArn=u&X-Amz-Signature=good, 4003, Forbidden",
            "/connect?sessionId=s&X-Amz-Signature=good, 4003, Forbidden",
            "/connect?userArn=&sessionId=s&X-Amz-Signature=good, 4003, Forbidden",
            "/connect?userArn=%zz&sessionId=s&X-Amz-Signature=good, 4003, Forbidden"})
    void whoMayNotConnectIsToldAfterTheHandshake(String target, int code, String reason) throws Exception {
        try (var client = new RawWebSocket(server.port())) {
            assertThat(client.handshake(target)).startsWith("HTTP/1.1 101 ");

            RawWebSocket.Received close = client.read();

            assertThat(close.opcode()).isEqualTo(CLOSE);
            assertThat(close.closeCode()).isEqualTo(code);
            assertThat(close.text()).endsWith(reason);
            client.send(CLOSE, close.payload());
            assertThat(client.isClosed()).isTrue();
        }
        assertThat(server.opened).isEmpty();
        assertThat(server.closed).isEmpty();
    }

    @Test
    void aRefusalOfTheDomainForbids() throws Exception {
        server.onOpen = () -> {
            throw new Refused(Refusal.NOT_ALLOWED);
        };
        try (var client = connect()) {
            assertThat(client.read().closeCode()).isEqualTo(4003);
        }
        assertThat(server.nextClosed()).isSameAs(server.nextOpened().connection());
    }

    @Test
    void aFailureOfTheDomainIsAServerError() throws Exception {
        server.onOpen = () -> {
            throw new IllegalStateException("on purpose");
        };
        try (var client = connect()) {
            assertThat(client.read().closeCode()).isEqualTo(1011);
        }
        server.nextClosed();
    }

    @ParameterizedTest
    @CsvSource({
            "Upgrade: h2c, Connection: Upgrade, Sec-WebSocket-Version: 13, 426",
            "Upgrade: websocket, Connection: close, Sec-WebSocket-Version: 13, 426",
            "Upgrade: websocket, Connection: Upgrade, Sec-WebSocket-Version: 8, 426",
            "Upgrade: websocket, Connection: Upgrade, X-None: 1, 426",
            "Upgrade: WebSocket, Connection: upgrade, Sec-WebSocket-Version: 13, 400"})
    void aBadHandshakeIsAnsweredInHttp(String upgrade, String connection, String version, int status) throws Exception {
        try (var client = new RawWebSocket(server.port())) {
            assertThat(client.request("GET /connect HTTP/1.1", "Host: a", upgrade, connection, version,
                    "Sec-WebSocket-Key: short"))
                    .startsWith("HTTP/1.1 " + status)
                    .contains("application/json");
        }
    }

    @Test
    void theServerClosesWithTheFirstReasonAndWaitsForTheEcho() throws Exception {
        try (var client = connect()) {
            Connection connection = server.nextOpened().connection();
            connection.close(CloseReason.SERVICE_RESTART);
            connection.close(CloseReason.REPLACED);
            server.send("too late", connection);

            RawWebSocket.Received close = client.read();

            assertThat(close.closeCode()).isEqualTo(1012);
            assertThat(server.closed).isEmpty();
            client.send(CLOSE, close.payload());
            assertThat(client.isClosed()).isTrue();
            assertThat(server.nextClosed()).isSameAs(connection);
        }
        assertThat(server.closed).isEmpty();
    }

    @Test
    void aClientThatDoesNotEchoIsCutOff() throws Exception {
        restart(limits(Duration.ofSeconds(30), Duration.ofMillis(100)));
        try (var client = connect()) {
            server.nextOpened().connection().close(CloseReason.SERVICE_RESTART);
            assertThat(client.readLast().closeCode()).isEqualTo(1012);
            server.nextClosed();
        }
    }

    @Test
    void aClientsCloseIsEchoed() throws Exception {
        try (var client = connect()) {
            server.nextOpened();
            client.send(CLOSE, new byte[]{3, (byte) 232, 'b', 'y', 'e'});
            RawWebSocket.Received echo = client.readLast();
            assertThat(echo.opcode()).isEqualTo(CLOSE);
            assertThat(echo.closeCode()).isEqualTo(1000);
        }
        server.nextClosed();
    }

    @Test
    void whatFollowsAClientsCloseDoesNotCostItsEcho() throws Exception {
        try (var client = connect()) {
            client.send(CLOSE, new byte[]{3, (byte) 232});
            RawWebSocket.Received echo = client.read();
            assertThat(echo.closeCode()).isEqualTo(1000);
            client.send(TEXT, new byte[]{(byte) 0xff});
            client.send(PING, new byte[0]);
            assertThat(client.isClosed()).isTrue();
        }
        server.nextClosed();
    }

    @Test
    void aClientThatKeepsItsSideOpenAfterItsCloseIsCutOff() throws Exception {
        restart(limits(Duration.ofSeconds(30), Duration.ofMillis(100)));
        try (var client = connect()) {
            server.nextOpened();
            client.send(CLOSE, new byte[0]);
            server.nextClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c3", "61e282", "f09f91", "61ff", "eda080"})
    void aReasonThatIsNotUtf8ToItsEndClosesWith1007(String reason) throws Exception {
        try (var client = connect()) {
            client.send(CLOSE, HexFormat.of().parseHex("03e8" + reason));
            assertThat(client.readLast().closeCode()).isEqualTo(1007);
        }
        server.nextClosed();
    }

    @Test
    void aCloseWithoutCodeIsEchoedWithout() throws Exception {
        try (var client = connect()) {
            client.send(CLOSE, new byte[0]);
            assertThat(client.readLast()).satisfies(echo -> {
                assertThat(echo.opcode()).isEqualTo(CLOSE);
                assertThat(echo.payload()).isEmpty();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535})
    void aCloseCodeThatNobodyMaySendClosesWith1002(int code) throws Exception {
        try (var client = connect()) {
            client.send(CLOSE, new byte[]{(byte) (code >> 8), (byte) code});
            assertThat(client.readLast().closeCode()).isEqualTo(1002);
        }
        server.nextClosed();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1011, 1012, 1014, 3000, 4999})
    void aCloseCodeThatClientsMaySendIsEchoed(int code) throws Exception {
        try (var client = connect()) {
            client.send(CLOSE, new byte[]{(byte) (code >> 8), (byte) code});
            assertThat(client.readLast().closeCode()).isEqualTo(code);
        }
    }

    @Test
    void aLostClientIsReportedOnce() throws Exception {
        RawWebSocket client = connect();
        Connection connection = server.nextOpened().connection();
        client.close();
        assertThat(server.nextClosed()).isSameAs(connection);
        server.send("into the void", connection);
        connection.close(CloseReason.FORBIDDEN);
        assertThat(server.closed).isEmpty();
    }

    @Test
    void theEndIsReportedOnlyAfterOpeningIsOver() throws Exception {
        var go = new CountDownLatch(1);
        server.onOpen = () -> await(go);
        Connection connection;
        try (var client = connect()) {
            connection = server.nextOpened().connection();
            client.send(CLOSE, new byte[0]);
            assertThat(client.readLast().opcode()).isEqualTo(CLOSE);
        }
        assertThat(server.closed).isEmpty();
        go.countDown();
        assertThat(server.nextClosed()).isSameAs(connection);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void pingsAreAnsweredAndMessagesIgnored() throws Exception {
        try (var client = connect()) {
            client.send(TEXT, new byte[4096]);
            client.send(BINARY, new byte[1]);
            client.send(PING, new byte[]{1, 2, 3});
            RawWebSocket.Received pong = client.read();
            assertThat(pong.opcode()).isEqualTo(PONG);
            assertThat(pong.payload()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aFrameThatIsTooLongClosesWith1009() throws Exception {
        try (var client = connect()) {
            client.send(TEXT, new byte[4097]);
            assertThat(client.read().closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void anUnmaskedFrameClosesWith1002() throws Exception {
        try (var client = connect()) {
            client.sendBytes((byte) 0x81, (byte) 1, (byte) 'x');
            assertThat(client.read().closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void aTextThatIsNotUtf8ClosesWith1007() throws Exception {
        try (var client = connect()) {
            client.send(TEXT, new byte[]{'a', (byte) 0xc0, (byte) 0x80});
            assertThat(client.read().closeCode()).isEqualTo(1007);
        }
    }

    @Test
    void aTextWhoseCharacterIsCutByItsFragmentsIsFine() throws Exception {
        try (var client = connect()) {
            client.sendBytes((byte) 0x01, (byte) 0x81, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0xc3);
            client.send(0, new byte[]{(byte) 0xa9});
            client.send(PING, new byte[0]);
            assertThat(client.read().opcode()).isEqualTo(PONG);
        }
    }

    @Test
    void aClientThatEndsItsSideIsGone() throws Exception {
        try (var client = connect()) {
            Connection connection = server.nextOpened().connection();
            client.endInput();
            assertThat(client.isClosed()).isTrue();
            assertThat(server.nextClosed()).isSameAs(connection);
        }
    }

    @Test
    void aClientThatEndsItsSideWithTheHandshakeIsGone() throws Exception {
        try (var client = new RawWebSocket(server.port())) {
            client.sendText("OPTIONS / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(3));
            client.send(RawWebSocket.GOOD);
            client.endInput();
            assertThat(server.nextClosed()).isSameAs(server.nextOpened().connection());
        }
    }

    @Test
    void aReservedOpcodeClosesWith1002AndEndsTheServersSide() throws Exception {
        // The limit for an echo is far longer than the client waits here.
        try (var client = connect()) {
            client.send(3, new byte[0]);
            assertThat(client.read().closeCode()).isEqualTo(1002);
            assertThat(client.isClosed()).isTrue();
        }
        server.nextClosed();
    }

    @Test
    void aReservedOpcodeBehindAnotherChangesNothing() throws Exception {
        try (var client = connect()) {
            client.send(3, new byte[0]);
            client.send(3, new byte[0]);
            assertThat(client.read().closeCode()).isEqualTo(1002);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void aClientThatAnswersNoPingIsCutOff() throws Exception {
        restart(limits(Duration.ofMillis(120), Duration.ofSeconds(20)));
        try (var client = connect()) {
            assertThat(client.read().opcode()).isEqualTo(PING);
            assertThat(client.read().opcode()).isEqualTo(PING);
            assertThat(client.isClosed()).isTrue();
            server.nextClosed();
        }
    }

    @Test
    void aClientThatAnswersPingsStays() throws Exception {
        restart(limits(Duration.ofMillis(120), Duration.ofSeconds(20)));
        try (var client = connect()) {
            for (int i = 0; i < 10; i++) {
                assertThat(client.read().opcode()).isEqualTo(PING);
                client.send(PONG, new byte[0]);
            }
        }
    }

    @Test
    void aSlowClientIsClosedAndDelaysNobody() throws Exception {
        restart(new ConnectionLimits(256 * 1024, Duration.ofSeconds(20), 4096, 100, Duration.ofSeconds(30),
                Duration.ofMillis(300)));
        try (var slow = connect()) {
            Connection slowConnection = server.nextOpened().connection();
            try (var quick = connect()) {
                Connection quickConnection = server.nextOpened().connection();
                String text = "x".repeat(64 * 1024);
                // Far more than the kernel's buffers on both sides take, so the rest waits in the server.
                for (int i = 0; i < 400; i++) {
                    server.send(text, slowConnection, quickConnection);
                    assertThat(quick.read().text()).hasSize(text.length());
                }
                assertThat(server.nextClosed()).isSameAs(slowConnection);
            }
            drain(slow);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void aClientThatTakesNothingIsClosedThoughLittleWaitsForIt(int frames) throws Exception {
        restart(new ConnectionLimits(256 * 1024 * 1024, Duration.ofMillis(500), 4096, 100, Duration.ofSeconds(30),
                Duration.ofMillis(300)));
        try (var stalled = connect()) {
            Connection connection = server.nextOpened().connection();
            String text = "x".repeat(32 * 1024 * 1024 / frames);

            for (int i = 0; i < frames; i++) {
                server.send(text, connection);
            }

            assertThat(server.nextClosed()).isSameAs(connection);
            assertThat(closes("1013")).isOne();
            drain(stalled);
        }
    }

    @Test
    void aClientThatTakesLittleAtATimeIsNotStalled() throws Exception {
        restart(new ConnectionLimits(256 * 1024 * 1024, Duration.ofSeconds(1), 4096, 100, Duration.ofSeconds(30),
                Duration.ofMillis(300)));
        try (var client = connect()) {
            Connection connection = server.nextOpened().connection();
            server.send("x".repeat(32 * 1024 * 1024), connection);

            long until = System.nanoTime() + Duration.ofSeconds(2).toNanos();
            while (System.nanoTime() < until) {
                client.skip(128 * 1024);
                // A client that is slow is what this is about; the rest still waits at the end.
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }

            assertThat(connection.isOpen()).isTrue();
        }
    }

    @Test
    void aSenderLearnsWhenAFrameHasLeftOrWillNot() throws Exception {
        try (var client = connect()) {
            Connection connection = server.nextOpened().connection();
            var left = new CountDownLatch(2);

            sendAndTell("taken", connection, left);
            assertThat(client.read().text()).isEqualTo("taken");
            client.endInput();
            server.nextClosed();
            sendAndTell("not taken", connection, left);

            assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void sendAndTell(String text, Connection connection, CountDownLatch left) {
        Frame frame = server.encoder.encode(text.getBytes(StandardCharsets.UTF_8));
        connection.lane().execute(() -> {
            connection.send(frame, left::countDown);
            connection.flush();
            frame.release();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {TEXT, PING, PONG})
    void aClientThatFloodsIsClosed(int opcode) throws Exception {
        restart(limits(Duration.ofSeconds(30), Duration.ofMillis(300)));
        try (var client = connect()) {
            Connection connection = server.nextOpened().connection();
            for (int i = 0; i < 101; i++) {
                client.send(opcode, new byte[0]);
            }

            RawWebSocket.Received frame = client.read();
            while (frame.opcode() == PONG) {
                frame = client.read();
            }

            assertThat(frame.closeCode()).isEqualTo(1008);
            assertThat(server.nextClosed()).isSameAs(connection);
            assertThat(closes("1008")).isOne();
        }
    }

    @Test
    void pongsThatNobodyReadsHarmNobody() throws Exception {
        restart(new ConnectionLimits(64 * 1024, Duration.ofSeconds(20), 4096, 1_000_000, Duration.ofSeconds(30),
                Duration.ofMillis(300)));
        try (var deaf = connect()) {
            server.nextOpened();
            for (int i = 0; i < 50_000; i++) {
                deaf.send(PING, new byte[125]);
            }
            try (var other = connect()) {
                server.send("still here", server.nextOpened().connection());
                assertThat(other.read().text()).isEqualTo("still here");
            }
        }
    }

    private double closes(String code) {
        return server.meters.get("bellframe.session.closes").tag("code", code).counter().count();
    }

    private static void drain(RawWebSocket client) {
        try {
            client.readLast();
        } catch (IOException resetByTheServer) {
            assertThat(resetByTheServer).isNotNull();
        }
    }

    @Test
    void closingTheServerEndsEveryConnection() throws Exception {
        try (var client = connect()) {
            Connection connection = server.nextOpened().connection();
            server.close();
            assertThat(client.isClosed()).isTrue();
            assertThat(server.nextClosed()).isSameAs(connection);
        }
    }
}
