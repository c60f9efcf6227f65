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

    private final InstantSource clock;
    private volatile Stamp latest = new Stamp(Long.MIN_VALUE, "");

    DateHeader(InstantSource clock) {
        this.clock = clock;
    }

    String value() {
        Instant now = clock.instant();
        Stamp stamp = latest;
        if (stamp.epochSecond != now.getEpochSecond()) {
            stamp = Stamp.of(now);
            latest = stamp;
        }
        return stamp.text;
    }

    private record Stamp(long epochSecond, String text) {

        static Stamp of(Instant now) {
            return new Stamp(now.getEpochSecond(), FORMAT.format(now));
        }
    }
}
