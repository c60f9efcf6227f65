package bellframe.server.rules;

import bellframe.server.RunningServer;
import bellframe.server.SdkClients;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The server against [Rules]: the same answers at every step of random walks, and the same state at the end of them, also
/// after the server was killed or stopped on the way.
///
/// A failure prints its seed; `-Dbellframe.seed=…` walks the same way again.
class RandomWalkIT {

    private static final boolean LONG = Boolean.getBoolean("bellframe.long");
    private static final int WALKS = LONG ? 10 : 3;
    private static final int STEPS = LONG ? 100_000 : 1_200;

    @Test
    @Timeout(7200)
    void theServerAnswersAsTheRulesSay() {
        Long chosen = Long.getLong("bellframe.seed");
        List<Long> seeds = chosen == null ? new Random().longs(WALKS).boxed().toList() : List.of(chosen);
        try (var server = new RunningServer()) {
            server.start();
            try (SdkClients clients = SdkClients.of(server)) {
                for (long seed : seeds) {
                    System.out.println("RandomWalkIT: seed " + seed);
                    walk(seed, server, clients);
                }
            }
        }
    }

    private static void walk(long seed, RunningServer server, SdkClients clients) {
        try (SdkClients before = clients.at(server.port())) {
            var walk = new Walk(seed, before);
            walk.steps(STEPS / 2);
            if (seed % 2 == 0) {
                server.kill9();
            } else {
                server.terminate();
            }
            server.start();
            try (SdkClients after = clients.at(server.port())) {
                walk.with(after);
                walk.compareAll();
                walk.steps(STEPS / 2);
                walk.compareAll();
            }
        }
    }
}
