package bellframe.limits;

import java.time.Duration;

/// How a token bucket fills, steadily.
///
/// @param burst how many tokens it holds at most, and at first
/// @param tokens how many come in the given number of seconds
public record Filling(long burst, long tokens, int seconds) {

    public Filling {
        if (burst < 1 || tokens < 1 || seconds < 1) {
            throw new IllegalArgumentException(burst + " and " + tokens + " in " + seconds + " s, allowed: 1 or more");
        }
    }

    Duration period() {
        return Duration.ofSeconds(seconds);
    }

    /// How long an empty bucket takes to be full.
    Duration fullAfter() {
        return period().multipliedBy(burst).dividedBy(tokens);
    }
}
