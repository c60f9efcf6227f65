package bellframe.server;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The server is killed again and again, also while it starts, while messages are sent and edited and streams fail: no message
/// and no edit that was acknowledged is missing in its stream, and each channel's come in order.
class StreamKillIT {

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());

    @Test
    void streamsAreCompleteWhateverThreeKillsInterrupt() throws Exception {
        killAndCheck(3);
    }

    @Test
    @Tag("long")
    void streamsAreCompleteWhateverAHundredKillsInterrupt() throws Exception {
        killAndCheck(100);
    }

    private void killAndCheck(int kills) throws Exception {
        System.out.println("StreamKillIT: seed " + seed);
        try (var campaign = new StreamCampaign(seed)) {
            System.out.println("StreamKillIT: " + campaign.run(kills));
        }
    }
}
