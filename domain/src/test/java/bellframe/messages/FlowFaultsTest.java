package bellframe.messages;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random walks of messages through flows, beside an independent account of what must come of them.
class FlowFaultsTest {

    private static final int STEPS = Boolean.getBoolean("bellframe.long") ? 200_000 : 4_000;

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());

    @Test
    void messagesComeToWhatTheAccountSays() throws Exception {
        System.out.println("FlowFaultsTest: seed " + seed);
        try (var walk = new FlowWalk(seed)) {
            System.out.println("FlowFaultsTest: " + walk.run(STEPS));
        }
    }
}
