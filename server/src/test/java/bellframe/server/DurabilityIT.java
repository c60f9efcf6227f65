package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The server is killed in the middle of writing, again and again on one data folder, also while it starts and while its
/// store flushes and compacts: nothing that was acknowledged is lost, doubled or out of order, and retries with the old
/// tokens leave no duplicate.
class DurabilityIT {

    private static final int FIRST_START_KILLED_AFTER_MILLIS_MAX = 1_500;

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());

    @Test
    void nothingAcknowledgedIsLostInSixKills() throws Exception {
        killAndCheck(6);
    }

    @Test
    @Tag("long")
    void nothingAcknowledgedIsLostInAThousandKills() throws Exception {
        killAndCheck(1_000);
    }

    @Test
    void aFirstStartThatIsKilledAtAnyMomentIsCompletedByTheNext() throws Exception {
        killFirstStarts(3);
    }

    @Test
    @Tag("long")
    void aHundredFirstStartsThatAreKilledAreCompletedByTheNext() throws Exception {
        killFirstStarts(100);
    }

    private void killAndCheck(int rounds) throws Exception {
        System.out.println("DurabilityIT: seed " + seed);
        try (var campaign = new DurabilityCampaign(seed)) {
            System.out.println("DurabilityIT: " + campaign.run(rounds));
        }
    }

    private void killFirstStarts(int rounds) throws Exception {
        System.out.println("DurabilityIT: seed " + seed);
        var random = new Random(seed);
        for (int round = 0; round < rounds; round++) {
            try (var server = new RunningServer()) {
                server.startAndKillAfter(random.nextInt(FIRST_START_KILLED_AFTER_MILLIS_MAX));
                server.start();
                assertThat(server.installation()).isPresent();
                try (var clients = SdkClients.of(server)) {
                    String user = clients.user("user");
                    assertThat(clients.send(user, clients.channel(user), "first")).isNotEmpty();
                }
            }
        }
    }
}
