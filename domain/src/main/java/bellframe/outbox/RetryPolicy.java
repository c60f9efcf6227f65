package bellframe.outbox;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to go on trying, and how much at once.
///
/// @param firstDelay how long to wait before the second attempt, at most; doubled for each further one
/// @param delayMax how long to wait before an attempt, at most
/// @param attemptsMax after how many failed attempts an entry is given up
/// @param patience how old an entry may become while its receiver is left alone, before it is given up
/// @param ageMax how old an entry may become before it is given up
/// @param entriesMax how many entries of the kind may wait in the store; the oldest of their channels are given up beyond that
/// @param lanesAtOnce how many lanes of the kind are worked on at once
/// @param callsAtOnce how many calls to one receiver may be under way
public record RetryPolicy(
        Duration firstDelay,
        Duration delayMax,
        int attemptsMax,
        Duration patience,
        Duration ageMax,
        long entriesMax,
        int lanesAtOnce,
        int callsAtOnce) {

    /// How long to wait after a failed attempt: a random time between half and all of what the number of attempts allows.
    Duration delay(int attempts, RandomGenerator random) {
        return Backoff.after(attempts - 1, firstDelay, delayMax, random);
    }
}
