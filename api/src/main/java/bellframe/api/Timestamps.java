package bellframe.api;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.regex.Pattern;

/// Timestamps as they stand on the wire. Those of the years 1 to 9999 are accepted, so that later arithmetic is safe.
final class Timestamps {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final String RULE = ": must be a timestamp";

    /// More digits or a larger exponent than any moment needs would make the arithmetic expensive.
    private static final int NUMBER_DIGITS_MAX = 40;
    private static final int NANO_DIGITS = 9;
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d++(?:\\.\\d++)?+(?:[eE][+-]?\\d{1,3}+)?+");

    private static final DateTimeFormatter MILLISECONDS = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final DateTimeFormatter WHOLE_SECONDS = new DateTimeFormatterBuilder().appendInstant(0)
            .toFormatter();

    private Timestamps() {
    }

    /// Reads RFC 3339 with `Z` or an offset, or a number of seconds since 1970.
    ///
    /// @param member the path of the member, for the message
    static Instant parse(String member, String text) {
        return startsLikeADate(text) ? parseDate(member, text) : parseSeconds(member, text);
    }

    /// Reads a number of seconds since 1970, whole or with a fraction; what is finer than a nanosecond is cut off.
    static Instant parseSeconds(String member, String text) {
        if (text.length() > NUMBER_DIGITS_MAX || !NUMBER.matcher(text).matches()) {
            throw new InvalidInput(member + RULE);
        }
        var seconds = new BigDecimal(text);
        if (seconds.precision() - seconds.scale() > NUMBER_DIGITS_MAX) {
            throw new InvalidInput(member + RULE);
        }
        return inRange(member, seconds);
    }

    static String iso(Instant moment) {
        return MILLISECONDS.format(moment);
    }

    /// As [#iso], cut to the second: as IAM and STS write them.
    static String isoSeconds(Instant moment) {
        return WHOLE_SECONDS.format(moment);
    }

    /// The seconds since 1970, exact to the millisecond and always with three fraction digits.
    static BigDecimal seconds(Instant moment) {
        return BigDecimal.valueOf(moment.toEpochMilli(), 3);
    }

    private static boolean startsLikeADate(String text) {
        return text.indexOf('-', 1) > 0 && text.indexOf(':') > 0;
    }

    private static Instant parseDate(String member, String text) {
        try {
            return inRange(member, DateTimeFormatter.ISO_INSTANT.parse(text, Instant::from));
        } catch (DateTimeException _) {
            throw new InvalidInput(member + RULE);
        }
    }

    private static Instant inRange(String member, BigDecimal seconds) {
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        if (whole.compareTo(BigDecimal.valueOf(EARLIEST.getEpochSecond())) < 0
                || whole.compareTo(BigDecimal.valueOf(LATEST.getEpochSecond())) > 0) {
            throw new InvalidInput(member + RULE);
        }
        BigDecimal nanos = seconds.subtract(whole).setScale(NANO_DIGITS, RoundingMode.FLOOR);
        return Instant.ofEpochSecond(whole.longValueExact(), nanos.unscaledValue().longValueExact());
    }

    private static Instant inRange(String member, Instant moment) {
        if (moment.isBefore(EARLIEST) || moment.isAfter(LATEST)) {
            throw new InvalidInput(member + RULE);
        }
        return moment;
    }
}
