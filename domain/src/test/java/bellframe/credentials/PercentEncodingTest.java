package bellframe.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentEncodingTest {

    private static final int ROUNDS = 20_000;

    @ParameterizedTest
    @CsvSource({"a%2Db,a-b", "a+b,a%20b", "%7e~,~~", "!'()*,%21%27%28%29%2A", "%c3%a9,%C3%A9", "é,%E9", "Ã©,%C3%A9",
            "%,%25",
            "%2,%252", "%zz,%25zz", "%ff,%FF", "a/b,a%2Fb", "%2541,%2541"})
    void everySpellingOfTheSameBytesBecomesOne(String spelling, String strict) {
        assertThat(PercentEncoding.STRICT.respell(spelling)).isEqualTo(strict);
    }

    @Test
    void aUriComponentLeavesSomeSignsLiteral() {
        assertThat(PercentEncoding.URI_COMPONENT.respell("%21'()*%2F+-._~")).isEqualTo("!'()*%2F%20-._~");
    }

    @Test
    void aPathIsEncodedOnceMore() {
        assertThat(PercentEncoding.PATH.encode("/channels/arn%3Aaws%2fx y+Ã©"))
                .isEqualTo("/channels/arn%253Aaws%252fx%20y%2B%C3%A9");
    }

    @Test
    void decodingTurnsPlusIntoSpaceAndKeepsWhatIsNoEscape() {
        assertThat(PercentEncoding.decode("a+b%20%C3%A9%")).isEqualTo("a b é%");
        assertThat(PercentEncoding.decode("plain")).isEqualTo("plain");
    }

    @Test
    void eachByteIsEncodedForItself() {
        long seed = Long.getLong("bellframe.seed", new Random().nextLong());
        System.out.println("PercentEncodingTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            var oneByOne = new StringBuilder();
            for (byte b : bytes) {
                String sign = new String(new byte[]{b}, StandardCharsets.ISO_8859_1);
                oneByOne.append(sign.matches("[A-Za-z0-9._~/-]")
                        ? sign
                        : "%%%02X".formatted(Byte.toUnsignedInt(b)));
            }
            assertThat(PercentEncoding.PATH.encode(new String(bytes, StandardCharsets.ISO_8859_1)))
                    .as("seed %d", seed)
                    .isEqualTo(oneByOne.toString());
        }
    }
}
