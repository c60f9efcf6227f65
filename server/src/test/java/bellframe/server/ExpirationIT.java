package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.services.chimesdkidentity.model.AppInstanceUserSummary;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelSummary;

/// A server that sweeps every second and whose clock is moved by days. The SDK's clients correct theirs.
@Timeout(120)
class ExpirationIT {

    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    @TempDir
    Path data;

    /// The SDK keeps what it learned of a server's clock for all clients of the process.
    @AfterEach
    void forgetTheServersClock() {
        SdkGlobalTime.setGlobalTimeOffset(0);
    }

    @Test
    void channelsAndUsersExpireByThemselves() {
        try (FaultyServer server = server(); SdkClients clients = server.clients().retrying()) {
            String ada = clients.user("ada");
            String bob = clients.user("bob");
            String lasting = clients.channel(ada, bob);
            String passing = clients.messaging()
                    .createChannel(clients.newChannel(ada)
                            .expirationSettings(e -> e.expirationDays(1).expirationCriterion("CREATED_TIMESTAMP"))
                            .build())
                    .channelArn();
            clients.identity()
                    .putAppInstanceUserExpirationSettings(r -> r.appInstanceUserArn(bob)
                            .expirationSettings(e -> e.expirationDays(1).expirationCriterion("CREATED_TIMESTAMP")));
            assertThat(channels(clients, ada)).contains(lasting, passing);

            offset.set(Duration.ofDays(1));
            while (channels(clients, ada).contains(passing) || users(clients).contains(bob)) {
                // The server sweeps every second.
            }

            assertThat(channels(clients, ada)).contains(lasting);
            assertThat(users(clients)).contains(ada);
        }
    }

    private static List<String> channels(SdkClients clients, String user) {
        return clients.messaging()
                .listChannels(r -> r.appInstanceArn(clients.appInstance()).chimeBearer(user))
                .channels()
                .stream()
                .map(ChannelSummary::channelArn)
                .toList();
    }

    private static List<String> users(SdkClients clients) {
        return clients.identity()
                .listAppInstanceUsers(r -> r.appInstanceArn(clients.appInstance()))
                .appInstanceUsers()
                .stream()
                .map(AppInstanceUserSummary::appInstanceUserArn)
                .toList();
    }

    private FaultyServer server() {
        InstantSource clock = () -> InstantSource.system().instant().plus(offset.get());
        return new FaultyServer(data, Map.of("BELLFRAME_SWEEP_INTERVAL", "1s"), clock);
    }
}
