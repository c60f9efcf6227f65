package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Clients that come back ask for what they missed, also of a server that was killed meanwhile.
@Timeout(120)
class ReplayIT {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    @RegisterExtension
    final RunningServer server = new RunningServer();

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable open : opened) {
            open.close();
        }
    }

    @Test
    void whatWasMissedIsToldOnceInOrderAlsoAfterAKill() {
        SdkClients clients = opened(SdkClients.of(server));
        String ada = clients.user("ada");
        String bob = clients.user("bob");
        String channel = clients.channel(ada, bob);
        LiveSession first = connect(clients, ada, Map.of());
        String seen = clients.send(bob, channel, "seen");
        LiveSession.Event last = first.next();
        assertThat(last.payload().path("MessageId").textValue()).isEqualTo(seen);
        first.close();
        String missed = clients.send(bob, channel, "missed");
        clients.messaging()
                .updateChannelMessage(
                        update -> update.channelArn(channel).chimeBearer(bob).messageId(seen).content("edited"));
        server.kill9();
        server.start();
        SdkClients after = opened(clients.at(server.port()));
        String other = after.channel(bob, ada);

        LiveSession second = connect(after, ada, Map.of("replay-after", last.position()));

        assertThat(second.next().payload().path("MessageId").textValue()).isEqualTo(missed);
        LiveSession.Event edited = second.next();
        assertThat(edited.type()).isEqualTo("UPDATE_CHANNEL_MESSAGE");
        assertThat(edited.payload().path("Content").textValue()).isEqualTo("edited");
        LiveSession.Event joined = second.next();
        while (!joined.payload().at("/Member/Arn").textValue().equals(ada)) {
            joined = second.next();
        }
        assertThat(joined.type()).isEqualTo("CREATE_CHANNEL_MEMBERSHIP");
        assertThat(joined.payload().path("ChannelArn").textValue()).isEqualTo(other);
        String live = after.send(bob, other, "live");
        assertThat(second.next().payload().path("MessageId").textValue()).isEqualTo(live);
    }

    @Test
    void aPositionOfAnotherServerIsAnsweredWithOneEventAndPrefetch() {
        SdkClients clients = opened(SdkClients.of(server));
        String ada = clients.user("ada");
        String channel = clients.channel(ada);

        LiveSession session = connect(clients, ada,
                Map.of("replay-after", "7fffffffffffffff", "prefetch-on", "connect"));

        LiveSession.Event gap = session.next();
        assertThat(gap.type()).isEqualTo("GAP_NOT_REPLAYED");
        assertThat(gap.messageType()).isEqualTo("SYSTEM");
        assertThat(gap.payloadText()).isEqualTo("{\"Reason\":\"UNKNOWN_POSITION\"}");
        assertThat(session.next().type()).isEqualTo("CHANNEL_DETAILS");
        String live = clients.send(ada, channel, "live");
        assertThat(session.next().payload().path("MessageId").textValue()).isEqualTo(live);
    }

    private LiveSession connect(SdkClients clients, String user, Map<String, String> more) {
        var parameters = new HashMap<>(Map.of("userArn", user, "sessionId", UUID.randomUUID().toString()));
        parameters.putAll(more);
        URI url = clients.signedRequests()
                .connect(URI.create("ws://localhost:" + server.port()), parameters, Instant.now(), LIFETIME);
        LiveSession session = opened(LiveSession.open(url, null));
        assertThat(session.next().type()).isEqualTo("SESSION_ESTABLISHED");
        return session;
    }

    private <T extends AutoCloseable> T opened(T open) {
        opened.add(open);
        return open;
    }
}
