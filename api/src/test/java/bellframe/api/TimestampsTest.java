package bellframe.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    @ParameterizedTest
    @CsvSource({
            "2024-01-02T03:04:05Z, 2024-01-02T03:04:05Z",
            "2024-01-02T03:04:05.678Z, 2024-01-02T03:04:05.678Z",
            "2024-01-02T03:04:05.678000Z, 2024-01-02T03:04:05.678Z",
            "2024-01-02T03:04:05.123456789Z, 2024-01-02T03:04:05.123456789Z",
            "2024-01-02t03:04:05z, 2024-01-02T03:04:05Z",
            "2024-01-02T03:04:05+01:30, 2024-01-02T01:34:05Z",
            "2024-01-02T03:04:05.5-08:00, 2024-01-02T11:04:05.500Z",
            "1622738791, 2021-06-03T16:46:31Z",
            "1622738791.013, 2021-06-03T16:46:31.013Z",
            "1.622738791013E9, 2021-06-03T16:46:31.013Z",
            "1622738791.0139999999, 2021-06-03T16:46:31.013999999Z",
            "-1.5, 1969-12-31T23:59:58.500Z",
            "0, 1970-01-01T00:00:00Z"})
    void momentsAreReadInEveryFormThatClientsSend(String text, Instant moment) {
        assertThat(Timestamps.parse("NotBefore", text)).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "yesterday", "2024-01-02", "2024-13-02T03:04:05Z", "2024-01-02T03:04:05", "1e999",
            "1e999999999", "-1e400", "253402300800", "NaN", "0x10",
            "12345678901234567890123456789012345678901234567890",
            "-9999-01-01T00:00:00Z", "+12024-01-02T03:04:05Z", "1.", ".5", "1f", "2024-01-02T03:04:05.1234567890Z"})
    void anythingElseIsRefusedWithoutQuotingIt(String text) {
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> Timestamps.parse("NotBefore", text))
                .withMessage("NotBefore: must be a timestamp");
    }

    @ParameterizedTest
    @CsvSource({
            "2021-06-03T16:46:31.013Z, 1622738791.013, 2021-06-03T16:46:31.013Z",
            "2021-06-03T16:46:31Z, 1622738791.000, 2021-06-03T16:46:31.000Z",
            "2021-06-03T16:46:31.0139999Z, 1622738791.013, 2021-06-03T16:46:31.013Z",
            "1970-01-01T00:00:00.001Z, 0.001, 1970-01-01T00:00:00.001Z",
            "9999-12-31T23:59:59.999Z, 253402300799.999, 9999-12-31T23:59:59.999Z"})
    void momentsAreWrittenExactToTheMillisecond(Instant moment, String seconds, String iso) {
        assertThat(Timestamps.seconds(moment)).hasToString(seconds);
        assertThat(Timestamps.iso(moment)).isEqualTo(iso);
    }
}
