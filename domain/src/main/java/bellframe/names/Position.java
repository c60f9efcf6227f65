package bellframe.names;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A message's place in its channel's order, and the time it stands for.
///
/// @param micros microseconds since 1970; at least 0 for a message, below 0 only for an end of a range that lies before
///        every message
public record Position(long micros) implements Comparable<Position> {

    /// How much time one partition of a channel's message log covers. A client request token is looked up in the
    /// current and the previous partition, so a retry is recognised for at least this long.
    public static final Duration BUCKET = Duration.ofHours(6);

    private static final long MICROS_PER_MILLI = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long BUCKET_MICROS = BUCKET.toSeconds() * MICROS_PER_SECOND;

    public static Position at(Instant time) {
        return new Position(time.getEpochSecond() * MICROS_PER_SECOND + time.getNano() / 1_000);
    }

    /// The first position whose [#timestamp()] is not before `time`; 0 for times before 1970.
    public static Position firstNotBefore(Instant time) {
        boolean wholeMilli = time.truncatedTo(ChronoUnit.MILLIS).equals(time);
        long millis = time.toEpochMilli() + (wholeMilli ? 0 : 1);
        return new Position(Math.max(0, millis) * MICROS_PER_MILLI);
    }

    /// The last position whose [#timestamp()] is not after `time`.
    public static Position lastNotAfter(Instant time) {
        return new Position(time.toEpochMilli() * MICROS_PER_MILLI + MICROS_PER_MILLI - 1);
    }

    public Position next() {
        return new Position(micros + 1);
    }

    public Position previous() {
        return new Position(micros - 1);
    }

    /// The CreatedTimestamp: the position cut to milliseconds.
    public Instant timestamp() {
        return Instant.ofEpochMilli(micros / MICROS_PER_MILLI);
    }

    /// Which partition of the message log this position falls into.
    public long bucket() {
        return micros / BUCKET_MICROS;
    }

    @Override
    public int compareTo(Position other) {
        return Long.compare(micros, other.micros);
    }
}
