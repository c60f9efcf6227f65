package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many sessions hear what many users do, while memberships change, some clients are slow or torn off, and the server is
/// restarted and killed: each of them hears exactly what it should.
class SoakIT {

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());

    @Test
    @Timeout(240)
    void twoHundredSessionsHearExactlyWhatTheyShould() throws Exception {
        soak(200, 6);
    }

    @Test
    @Tag("long")
    @Timeout(1_200)
    void twoThousandSessionsHearExactlyWhatTheyShould() throws Exception {
        soak(2_000, 100);
    }

    private void soak(int sessions, int secondsPerPhase) throws Exception {
        System.out.println("SoakIT: seed " + seed);
        try (var server = new AttackedServer().withLimitSeconds(60); var soak = new Soak(seed, sessions, server)) {
            soak.run(secondsPerPhase);
            assertThat(soak.faults()).as("seed %d", seed).isEmpty();
            System.out.println("SoakIT: " + soak);
            soak.requireNothingLeft();
        }
    }
}
