package bellframe.http;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.api.Mutation;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Spoiled requests on real sockets: each gets well-formed answers that blame the client, or the end of the connection;
/// never silence, and the next client is served as ever.
///
/// A failure prints its seed; `-Dbellframe.seed=…` runs it again.
@ExtendWith(NoLeaks.class)
@Timeout(1800)
class RequestFuzzTest {

    private static final int ROUNDS = Boolean.getBoolean("bellframe.long") ? 50_000 : 2_000;
    private static final int SANITY_INTERVAL = 100;
    private static final String SIGNED = "Host: localhost\r\nAuthorization: x\r\nx-amz-chime-bearer: "
            + RunningHttp.BEARER + "\r\n";
    private static final String GET = "GET /channels?max-results=1 HTTP/1.1\r\n" + SIGNED + "\r\n";
    private static final List<String> CORPUS = List.of(
            GET,
            "POST /channels HTTP/1.1\r\n" + SIGNED + "Content-Length: 8\r\n\r\n{\"a\":12}",
            "POST /channels HTTP/1.1\r\n" + SIGNED
                    + "Transfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4;x=y\r\n\":1}\r\n0\r\n"
                    + "Trailer: t\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: a\r\nAccess-Control-Request-Headers: a,b\r\n\r\n",
            "DELETE http://localhost/channels/arn%3Aaws%2Fx HTTP/1.1\r\n" + SIGNED + "\r\n",
            "GET /channels HTTP/1.0\r\nConnection: keep-alive\r\n" + SIGNED + "\r\n",
            "POST /channels HTTP/1.1\r\n" + SIGNED + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
            "GET /connect HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    private static final List<String> PIECES = List.of("\r\n", "\n", "\r", "\0", " ", "\t", ":", ",", ";", "0", "-1",
            "+1",
            "0x1", "ffffffffffffffff", "99999999999999999999", "\r\n\r\n", "Content-Length: 5\r\n",
            "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: identity\r\n", "Host: b\r\n", "HTTP/1.1", "HTTP/2.0",
            "Connection: close\r\n", "Upgrade: h2c\r\n", "%", "%2F", "%zz", "?", "&", "=", "é", "😀",
            "\u0016\u0003\u0001",
            "x-amz-chime-bearer: y\r\n", "chunked", "Expect: x\r\n", " HTTP/1.1\r\n", "CONNECT", "http://");

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final Mutation mutation = new Mutation(random, PIECES);

    @Test
    void spoiledRequestsAreAnsweredOrEnded() throws Exception {
        System.out.println("RequestFuzzTest seed " + seed);
        try (var server = RunningHttp.start()) {
            for (int round = 0; round < ROUNDS; round++) {
                byte[] attack = attack();
                String what = "seed %d, round %d: %s".formatted(seed, round,
                        new String(attack, StandardCharsets.ISO_8859_1));
                assertAnsweredOrEnded(server, attack, what);
                if (round % SANITY_INTERVAL == 0) {
                    assertServes(server, what);
                }
            }
            assertServes(server, "at the end, seed " + seed);
        }
    }

    private void assertAnsweredOrEnded(RunningHttp server, byte[] attack, String what) throws Exception {
        try (var client = server.raw()) {
            send(client, attack);
            while (true) {
                RawClient.Response head = client.readHeaders();
                assertThat(head.status()).as(what)
                        .isIn(100, 200, 201, 204, 400, 401, 403, 404, 413, 414, 415, 426, 431);
                assertBody(client, head, what);
            }
        } catch (EOFException | SocketException end) {
            // The connection is over; a client that waited in vain would have got a SocketTimeoutException.
            assertThat(end).as(what).isNotNull();
        }
    }

    private static void assertBody(RawClient client, RawClient.Response head, String what) throws IOException {
        if (head.status() == 100) {
            return;
        }
        assertThat(head.header("x-amzn-RequestId")).as(what).hasSize(36);
        if (head.status() >= 400) {
            assertThat(head.header("x-amzn-ErrorType")).as(what).endsWith("Exception");
            assertThat(head.header("Content-Type")).as(what).isEqualTo("application/json");
        }
        String body = client.readBody(head);
        if (!body.isEmpty()) {
            assertThat(body).as(what).startsWith("{").endsWith("}");
        }
    }

    private void assertServes(RunningHttp server, String what) throws Exception {
        try (var client = server.raw()) {
            assertThat(client.send(GET).read().status()).as(what).isEqualTo(200);
        }
    }

    private void send(RawClient client, byte[] attack) throws IOException {
        int cut = random.nextInt(4) == 0 ? random.nextInt(attack.length + 1) : attack.length;
        client.send(java.util.Arrays.copyOf(attack, cut));
        client.send(java.util.Arrays.copyOfRange(attack, cut, attack.length));
        client.endInput();
    }

    private byte[] attack() {
        var bytes = new ByteArrayOutputStream();
        for (int requests = random.nextInt(3); requests >= 0; requests--) {
            bytes.writeBytes(CORPUS.get(random.nextInt(CORPUS.size())).getBytes(StandardCharsets.UTF_8));
        }
        byte[] attack = bytes.toByteArray();
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            attack = mutation.changed(attack);
        }
        return attack;
    }
}
