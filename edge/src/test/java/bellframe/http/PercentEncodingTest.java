package bellframe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.api.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncodingTest {

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @ParameterizedTest
    @CsvSource({"arn%3Aaws%2fb, arn:aws/b", "a+b, a+b", "a%2Bb%20c, a+b c", "caf%C3%A9, café", "%F0%9F%94%94, 🔔",
            "%7F, \u007f"})
    void aSegmentIsDecoded(String segment, String text) {
        assertThat(PercentEncoding.decodeSegment(segment)).isEqualTo(text);
    }

    @Test
    void inAQueryAPlusIsASpace() {
        assertThat(PercentEncoding.decodeQuery("a+%2B+b")).isEqualTo("a + b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%80", "%C3", "a%C3%28", "%ED%A0%80", "%FF%FE", "%", "%4", "%zz"})
    void whatIsNoUtf8IsRefused(String segment) {
        assertThatThrownBy(() -> PercentEncoding.decodeSegment(segment)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void everyTextComesBack() {
        for (int i = 0; i < 2_000; i++) {
            String text = text(random.nextInt(3) == 0 ? 0x11_0000 : 0x80);

            assertThat(PercentEncoding.decodeSegment(encoded(text))).as("seed %d", seed).isEqualTo(text);
        }
    }

    private String text(int codePointsEnd) {
        return random.ints(random.nextInt(20), 0, codePointsEnd)
                .filter(codePoint -> codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String encoded(String text) {
        var encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(String.format("%%%02X", b));
        }
        return encoded.toString();
    }
}
