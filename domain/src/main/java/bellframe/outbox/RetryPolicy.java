package bellframe.outbox;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to go on trying.
///
/// @param firstDelay how long to wait before the second attempt, at most; doubled for each further one
/// @param delayMax how long to wait before an attempt, at most
/// @param attemptsMax after how many failed attempts an entry is given up
/// @param patience how old an entry may become while its receiver is left alone, before it is given up
/// @param ageMax how old an entry may become before it is given up
/// @param entriesMax how many entries of a kind may wait in the store; the oldest of their channels are given up beyond that
public record RetryPolicy(
        Duration firstDelay,
        Duration delayMax,
        int attemptsMax,
        Duration patience,
        Duration ageMax,
        long entriesMax) {

    private static final int DOUBLINGS_MAX = 30;

    /// How long to wait after a failed attempt: a random time, so that many do not come back at once, between half and all
    /// of what the number of attempts allows.
    Duration delay(int attempts, RandomGenerator random) {
        long millis = Math.min(delayMax.toMillis(), firstDelay.toMillis() << Math.min(attempts - 1, DOUBLINGS_MAX));
        return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
    }
}
