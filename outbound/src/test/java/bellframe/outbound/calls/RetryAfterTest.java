package bellframe.outbound.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
            "0, 0",
            "7, 7",
            "' 7 ', 7",
            "3600, 3600",
            "3601, 3600",
            "99999999999999999999, 3600",
            "'Sun, 01 Mar 2026 12:00:30 GMT', 30",
            "'Sun, 01 Mar 2026 11:00:00 GMT', 0",
            "'Mon, 02 Mar 2026 12:00:00 GMT', 3600"})
    void secondsAndDatesAreUnderstoodUpToAnHour(String value, long seconds) {
        assertThat(RetryAfter.parse(value, NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "soon", "-1", "1.5", "2026-03-01T12:00:30Z", "\u0661"})
    void anythingElseSaysNothing(@Nullable String value) {
        assertThat(RetryAfter.parse(value, NOW)).isNull();
    }

}
