package bellframe.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Sha256Test {

    /// Of FIPS 180-2.
    @ParameterizedTest
    @CsvSource({
            "'',e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "abc,ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
                    + "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"})
    void theExamplesHaveTheirHashes(String text, String hash) {
        assertThat(Sha256.hex(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(hash);
    }

    @Test
    void digestsDoNotShareWhatTheyAreGiven() {
        MessageDigest first = Sha256.digest();
        first.update((byte) 'a');
        MessageDigest second = Sha256.digest();
        second.update("abc".getBytes(StandardCharsets.UTF_8));
        first.update("bc".getBytes(StandardCharsets.UTF_8));

        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertThat(HexFormat.of().formatHex(first.digest())).isEqualTo(abc);
        assertThat(HexFormat.of().formatHex(second.digest())).isEqualTo(abc);
    }
}
