package bellframe.outbound.calls;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// The header by which a receiver asks to be left alone for a while (RFC 9110, section 10.2.3).
public final class RetryAfter {

    public static final String HEADER = "retry-after";

    /// However long a receiver asks for, it is tried again after this.
    public static final Duration MAX = Duration.ofHours(1);

    private static final int DIGITS_MAX = 9;

    private RetryAfter() {
    }

    /// How long to wait from now on; null if the header is not there or says nothing that can be understood.
    ///
    /// @param value seconds, or a date of HTTP
    public static @Nullable Duration parse(@Nullable String value, Instant now) {
        if (value == null) {
            return null;
        }
        String text = value.strip();
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return text.length() > DIGITS_MAX ? MAX : bounded(Duration.ofSeconds(Integer.parseInt(text)));
        }
        try {
            return bounded(Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from)));
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static Duration bounded(Duration asked) {
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(MAX) > 0 ? MAX : asked;
    }
}
