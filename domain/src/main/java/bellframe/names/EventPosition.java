package bellframe.names;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An event's place in the order of all events of this server, which goes on across restarts.
///
/// Clients get it as text that means nothing to them, and give it back to hear what came after.
///
/// @param micros the microseconds since 1970 at which the event was let in, or more if the clock had not gone on since
///        the one before; at least 0
public record EventPosition(long micros) implements Comparable<EventPosition> {

    /// Before every event.
    public static final EventPosition START = new EventPosition(0);

    private static final int DIGITS = 16;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_DAY = 24 * 3_600 * MICROS_PER_SECOND;

    public static EventPosition at(Instant time) {
        return new EventPosition(
                Math.max(0, time.getEpochSecond() * MICROS_PER_SECOND + time.getNano() / 1_000));
    }

    /// The first position of a day.
    public static EventPosition firstOf(long day) {
        return new EventPosition(day * MICROS_PER_DAY);
    }

    /// Empty if this is not the [#text()] of a position.
    public static Optional<EventPosition> parse(@Nullable String text) {
        boolean wellFormed = text != null && text.length() == DIGITS && text.chars().allMatch(HexFormat::isHexDigit)
                && text.charAt(0) < '8';
        return wellFormed ? Optional.of(new EventPosition(HexFormat.fromHexDigitsToLong(text))) : Optional.empty();
    }

    public EventPosition plus(long places) {
        return new EventPosition(micros + places);
    }

    public boolean isAfter(EventPosition other) {
        return micros > other.micros;
    }

    /// The later of the two.
    public EventPosition or(EventPosition other) {
        return other.isAfter(this) ? other : this;
    }

    /// How many days since 1970 had gone by.
    public long day() {
        return micros / MICROS_PER_DAY;
    }

    /// 16 hex digits.
    public String text() {
        return HexFormat.of().toHexDigits(micros);
    }

    @Override
    public int compareTo(EventPosition other) {
        return Long.compare(micros, other.micros);
    }

    @Override
    public String toString() {
        return text();
    }
}
