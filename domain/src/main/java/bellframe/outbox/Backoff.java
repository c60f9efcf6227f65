package bellframe.outbox;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Times that double, and are random so that many do not come back at once.
final class Backoff {

    private static final int DOUBLINGS_MAX = 30;

    private Backoff() {
    }

    /// A random time between half and all of the first one, doubled so often, but of the longest one at most.
    static Duration after(int doublings, Duration first, Duration longest, RandomGenerator random) {
        long millis = Math.min(longest.toMillis(), first.toMillis() << Math.min(doublings, DOUBLINGS_MAX));
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }
}
