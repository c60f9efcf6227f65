package bellframe.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReceiverTest {

    private static final int CALLS_AT_ONCE = 16;

    private final Receiver receiver = new Receiver("receiver", CALLS_AT_ONCE, () -> 0, new Random(1));

    @Test
    void attemptsThatWereUnderWayWhenTheCircuitOpenedDoNotKeepItOpenLonger() {
        IntStream.range(0, CALLS_AT_ONCE)
                .forEach(i -> assertThat(receiver.enter(lane(i)))
                        .isInstanceOf(Receiver.Admission.Granted.class));
        IntStream.range(0, CALLS_AT_ONCE).forEach(_ -> receiver.failed("refused"));
        assertThat(receiver.status().open()).isTrue();
        assertThat(receiver.status().left()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    private static LaneName lane(int number) {
        return new LaneName(OutboxKind.FLOW, "channel " + number, "");
    }
}
