package bellframe.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterTest {

    @Test
    void aWholeNumberIsOneInAsciiDigits() {
        assertThat(new Parameter("MaxResults", "50").integer()).isEqualTo(50);
        assertThat(new Parameter("MaxResults", "-2147483648").integer()).isEqualTo(Integer.MIN_VALUE);
        assertThat(new Parameter("MaxResults", null).integer()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+1", "1.0", " 1", "0x1", "2147483648", "99999999999", "\u0665", "1e1", "-"})
    void nothingElseIsAWholeNumber(String text) {
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> new Parameter("MaxResults", text).integer())
                .withMessage("MaxResults: must be a whole number");
    }
}
