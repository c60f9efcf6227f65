package bellframe.http;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The value of the `Date` header, made once a second; clients correct their clocks by it.
final class DateHeader {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter
            .ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final int MILLIS_PER_SECOND = 1000;

    private final InstantSource clock;
    private volatile Stamp latest = new Stamp(Long.MIN_VALUE, "");

    DateHeader(InstantSource clock) {
        this.clock = clock;
    }

    String value() {
        long now = Math.floorDiv(clock.millis(), MILLIS_PER_SECOND);
        Stamp stamp = latest;
        if (stamp.epochSecond != now) {
            stamp = Stamp.of(now);
            latest = stamp;
        }
        return stamp.text;
    }

    private record Stamp(long epochSecond, String text) {

        static Stamp of(long epochSecond) {
            return new Stamp(epochSecond, FORMAT.format(Instant.ofEpochSecond(epochSecond)));
        }
    }
}
