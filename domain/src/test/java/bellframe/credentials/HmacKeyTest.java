package bellframe.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HmacKeyTest {

    private static final int TEXTS = 20_000;
    private static final int THREADS = 4;

    /// Of RFC 4231.
    @ParameterizedTest
    @CsvSource({
            "4a656665, what do ya want for nothing?, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, Hi There, "
                    + "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"})
    void theExamplesHaveTheirCodes(String key, String text, String code) {
        assertThat(new HmacKey(HexFormat.of().parseHex(key)).signInHex(text)).isEqualTo(code);
    }

    @Test
    void aKeyOfMoreThanABlockIsHashed() {
        byte[] key = HexFormat.of().parseHex("aa".repeat(131));

        assertThat(new HmacKey(key).signInHex("Test Using Larger Than Block-Size Key - Hash Key First"))
                .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }

    @Test
    void aTextIsSignedAsUtf8() {
        var key = new HmacKey(new byte[]{1});

        assertThat(key.signInHex("é😀"))
                .isEqualTo("1124bcdde45872de8b031e703a022563a7f656e544ead2d25fe14da464b5c081");
    }

    @Test
    void threadsThatSignAtOnceDoNotDisturbEachOther() throws InterruptedException, ExecutionException {
        var key = new HmacKey("secret".getBytes(StandardCharsets.UTF_8));
        List<String> texts = IntStream.range(0, TEXTS).mapToObj(i -> "text ".repeat(i % 40) + i).toList();
        List<String> alone = texts.stream().map(HmacKeyTest::signWithItsOwnKey).toList();

        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            Callable<List<String>> signAll = () -> texts.stream().map(key::signInHex).toList();
            var signed = new ArrayList<Future<List<String>>>();
            for (int i = 0; i < THREADS; i++) {
                signed.add(threads.submit(signAll));
            }
            for (Future<List<String>> one : signed) {
                assertThat(one.get()).isEqualTo(alone);
            }
        }
    }

    private static String signWithItsOwnKey(String text) {
        return new HmacKey("secret".getBytes(StandardCharsets.UTF_8)).signInHex(text);
    }
}
