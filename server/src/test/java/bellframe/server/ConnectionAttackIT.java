package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Connections that are used otherwise than one request after the other: pipelined, half closed, torn off, trickling.
@Timeout(120)
class ConnectionAttackIT {

    @RegisterExtension
    static final AttackedServer server = new AttackedServer();

    private static final int CONNECTIONS = 1_000;

    private static AttackRequest signed() {
        return server.signer().sign(server.listChannels());
    }

    @ParameterizedTest
    @EnumSource
    void requestsThatComeTogetherAreAnsweredInOrder(Scheme scheme) {
        try (var client = server.connect(scheme)) {
            String unknown = "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n";
            for (int i = 0; i < 20; i++) {
                client.send(signed()).send(unknown);
            }
            for (int i = 0; i < 20; i++) {
                assertThat(client.read().status()).isEqualTo(200);
                client.read().requireError(404, "UnknownOperationException");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void garbageBehindARequestSpoilsOnlyItself(Scheme scheme) {
        try (var client = server.connect(scheme)) {
            client.send(signed()).send(signed()).send("\u0000\u0001garbage\r\n\r\n").send(signed());
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(client.read().status()).isEqualTo(200);
            client.read().requireError(400, "MalformedHttpRequestException");
            client.requireEnd();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoEndsTheirSideGetsTheirAnswers(Scheme scheme) {
        try (var client = server.connect(scheme)) {
            client.send(signed()).send(signed()).send(signed()).endInput();
            for (int i = 0; i < 3; i++) {
                assertThat(client.read().status()).isEqualTo(200);
            }
            client.requireEnd();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoEndsTheirSideInsideTheHeadIsLetGo(Scheme scheme) {
        byte[] request = signed().bytes();
        try (var client = server.connect(scheme)) {
            client.send(Arrays.copyOf(request, request.length - 10)).endInput();
            // The end of TLS says nothing of whether a request was cut; the end of the socket does.
            if (scheme == Scheme.PLAIN) {
                client.read().requireError(400, "MalformedHttpRequestException");
            }
            client.requireEnd();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoEndsTheirSideWithoutARequestIsLetGo(Scheme scheme) {
        try (var client = server.connect(scheme)) {
            client.endInput().requireEnd();
        }
        try (var client = server.connect(scheme)) {
            assertThat(client.send(signed()).read().status()).isEqualTo(200);
            client.endInput().requireEnd();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRequestMayTrickleIn(Scheme scheme) {
        try (var client = server.connect(scheme)) {
            for (byte b : signed().bytes()) {
                client.send(new byte[]{b});
            }
            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBodyMayTrickleIn(Scheme scheme) {
        var request = server.signer()
                .sign(server.sendMessage("{\"Content\":\"slow\",\"Type\":\"STANDARD\","
                        + "\"Persistence\":\"NON_PERSISTENT\",\"ClientRequestToken\":\"token\"}")
                        .with("Expect", "100-continue"));
        try (var client = server.connect(scheme)) {
            client.send(request.head());
            assertThat(client.read().status()).isEqualTo(100);
            for (byte b : request.body()) {
                client.send(new byte[]{b});
            }
            assertThat(client.read().status()).isEqualTo(201);
        }
    }

    @Test
    void connectionsThatAreTornOffAnywhereLeaveNothingBehind() {
        byte[] request = signed().bytes();
        for (int cut = 0; cut < request.length; cut += 7) {
            server.connect(Scheme.PLAIN).send(Arrays.copyOf(request, cut)).reset();
            server.connect(Scheme.PLAIN).send(Arrays.copyOf(request, cut)).close();
        }
        for (int i = 0; i < 200; i++) {
            server.connect(Scheme.PLAIN).send(request).reset();
        }
        server.requireService(Scheme.PLAIN);
    }

    @Test
    void aThousandConnectionsAreOpenedAndDropped() {
        List<AttackClient> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.add(server.connect(Scheme.PLAIN));
        }
        AttackedServer.await("all are there", () -> server.gauge("bellframe_connections") >= CONNECTIONS);
        server.requireService(Scheme.PLAIN);
        for (int i = 0; i < CONNECTIONS; i++) {
            AttackClient client = clients.get(i);
            if (i % 2 == 0) {
                client.reset();
            } else {
                client.close();
            }
        }
        AttackedServer.await("all are gone", () -> server.gauge("bellframe_connections") == 0);
    }

    @Test
    void whoNeverReadsAnswersStopsBeingRead() {
        // Without back pressure the answers would pile up in the server.
        byte[] many = "OPTIONS / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1_000)
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        try (var greedy = server.connect(Scheme.PLAIN)) {
            var writer = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 2_000; i++) {
                    greedy.sendAgainstTheWind(many);
                }
            });
            server.requireService(Scheme.PLAIN);
            assertThat(writer.isAlive()).isTrue();
            greedy.reset();
        }
        server.requireService(Scheme.PLAIN);
    }
}
