package bellframe.credentials;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// When a request was signed, also in the form that is part of what is signed: `20150830T123600Z`.
record SigningTime(Instant instant, String text) {

    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);
    private static final String SHAPE = "ddddddddTddddddZ";

    static SigningTime of(Instant instant) {
        return new SigningTime(instant, BASIC.format(instant));
    }

    /// Reads the form of `X-Amz-Date`; null when the text is no such time.
    static @Nullable SigningTime parse(String text) {
        if (!hasShape(text)) {
            return null;
        }
        try {
            var time = LocalDateTime.of(number(text, 0, 4), number(text, 4, 6), number(text, 6, 8),
                    number(text, 9, 11), number(text, 11, 13), number(text, 13, 15));
            return new SigningTime(time.toInstant(ZoneOffset.UTC), text);
        } catch (DateTimeException _) {
            return null;
        }
    }

    /// Reads the forms of the `Date` header: the one of HTTP, or the one of `X-Amz-Date`.
    static @Nullable SigningTime parseDateHeader(String text) {
        SigningTime time = parse(text);
        if (time != null) {
            return time;
        }
        try {
            return of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException _) {
            return null;
        }
    }

    /// The day as a credential scope names it.
    String day() {
        return text.substring(0, 8);
    }

    private static boolean hasShape(String text) {
        if (text.length() != SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            char c = text.charAt(i);
            boolean fits = SHAPE.charAt(i) == 'd' ? c >= '0' && c <= '9' : c == SHAPE.charAt(i);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
