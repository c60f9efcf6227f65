package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkGlobalTime;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessageSummary;
import software.amazon.awssdk.services.chimesdkmessaging.model.SendChannelMessageRequest;

/// A server whose clock is set forth and back while it runs and between its starts. The SDK's clients correct theirs.
class ClockIT {

    private static final int STEPS = Boolean.getBoolean("bellframe.long") ? 1_000 : 60;
    private static final int STEP_MINUTES_MAX = 3 * 24 * 60;

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private Duration offset = Duration.ZERO;

    @TempDir
    Path data;

    /// The SDK keeps what it learned of a server's clock for all clients of the process.
    @AfterEach
    void forgetTheServersClock() {
        SdkGlobalTime.setGlobalTimeOffset(0);
    }

    @Test
    void orderAndTimesOfAChannelNeverGoBack() {
        System.out.println("ClockIT: seed " + seed);
        var sent = new ArrayList<String>();
        String user = "";
        String channel = "";
        int step = 0;
        while (step < STEPS) {
            try (var server = new FaultyServer(data, Map.of(), this::now);
                    SdkClients clients = server.clients().retrying()) {
                if (step == 0) {
                    user = clients.user("user");
                    channel = clients.channel(user);
                }
                for (int i = 0; i < 20; i++) {
                    sendBeforeAndAfterAStep(clients, user, channel, sent);
                    step++;
                }
                check(clients.messages(user, channel), sent);
            }
        }
    }

    private void sendBeforeAndAfterAStep(SdkClients clients, String user, String channel, List<String> sent) {
        SendChannelMessageRequest request = SdkClients.message(user, channel, "step " + sent.size())
                .clientRequestToken(UUID.randomUUID().toString())
                .build();
        String id = clients.messaging().sendChannelMessage(request).messageId();
        sent.add(id);
        Duration stepped = step();
        // A token is known for six hours at least, by the server's clock.
        if (stepped.compareTo(Duration.ofHours(6)) < 0) {
            assertThat(clients.messaging().sendChannelMessage(request).messageId()).as("retried after %s", stepped)
                    .isEqualTo(id);
        }
        clients.messaging()
                .updateChannelMessage(
                        update -> update.channelArn(channel).chimeBearer(user).messageId(id).content("edited"));
    }

    private Duration step() {
        var stepped = Duration.ofMinutes(random.nextInt(2 * STEP_MINUTES_MAX) - STEP_MINUTES_MAX);
        offset = offset.plus(stepped);
        return stepped;
    }

    private Instant now() {
        return InstantSource.system().instant().plus(offset);
    }

    private void check(List<ChannelMessageSummary> listed, List<String> sent) {
        assertThat(listed).extracting(ChannelMessageSummary::messageId).as("seed %d", seed).isEqualTo(sent);
        assertThat(listed).extracting(ChannelMessageSummary::createdTimestamp).as("seed %d", seed).isSorted();
        assertThat(listed).as("seed %d", seed)
                .allSatisfy(message -> assertThat(message.lastUpdatedTimestamp())
                        .isAfterOrEqualTo(message.createdTimestamp()));
    }
}
