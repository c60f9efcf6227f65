package bellframe.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/// A time that times of a request are compared with.
///
/// Times are written as in the W3C note on dates, from the year alone to fractions of a second, or as seconds since 1970.
/// Four digits are a year.
record TimeBound(Relation relation, Instant bound) implements Operand {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,3}|[0-9]{5,12}");
    private static final Pattern CALENDAR = Pattern.compile(
            "[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2}))?)?)?");
    private static final String START_OF_YEAR = "-01-01T00:00Z";

    static TimeBound parse(Relation relation, Element time) {
        return new TimeBound(relation, read(time.text()).orElseThrow(() -> time.refused(Element.excerpt(time.text())
                + " is no date, such as 2030-01-31T12:00:00Z, and no number of seconds since 1970")));
    }

    @Override
    public boolean matches(String value, PolicyContext context) {
        return read(value).map(time -> relation.holds(time.compareTo(bound))).orElse(false);
    }

    private static Optional<Instant> read(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
        }
        if (!CALENDAR.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(withTime(text)).toInstant());
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    /// Adds what a date leaves out: the beginning of its year, month or day.
    private static String withTime(String date) {
        return date.contains("T") ? date : date + START_OF_YEAR.substring(date.length() - "2030".length());
    }
}
