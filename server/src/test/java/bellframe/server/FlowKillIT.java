package bellframe.server;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The server is killed again and again, also while it starts, while messages and edits are at every stage of flows whose
/// processors fail, deny, and call back at once, late and twice: nothing that was acknowledged to a sender or a processor is
/// lost or comes to anything else, and nothing is left waiting.
class FlowKillIT {

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());

    @Test
    void everyFlowEndsOnceWhateverFiveKillsInterrupt() throws Exception {
        killAndCheck(5);
    }

    @Test
    @Tag("long")
    void everyFlowEndsOnceWhateverTwoHundredKillsInterrupt() throws Exception {
        killAndCheck(200);
    }

    private void killAndCheck(int kills) throws Exception {
        System.out.println("FlowKillIT: seed " + seed);
        try (var campaign = new FlowCampaign(seed)) {
            System.out.println("FlowKillIT: " + campaign.run(kills));
        }
    }
}
