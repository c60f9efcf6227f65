package bellframe.rows;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Random tokens: only one that was sealed for a list opens for it, and only with the same cursor.
///
/// A failure prints its seed; `-Dbellframe.seed=…` runs it again.
class PageTokensFuzzTest {

    private static final int ROUNDS = Boolean.getBoolean("bellframe.long") ? 2_000_000 : 30_000;

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final PageTokens tokens = new PageTokens(bytes(PageTokens.KEY_BYTES));

    @BeforeEach
    void printSeed() {
        System.out.println("PageTokensFuzzTest seed " + seed);
    }

    @Test
    void aTokenOpensForItsListWithItsCursor() {
        for (int i = 0; i < ROUNDS; i++) {
            String list = text();
            byte[] cursor = bytes(random.nextInt(40));

            String token = Objects.requireNonNull(tokens.seal(list, cursor));

            assertThat(tokens.open(list, token)).as("seed %d", seed).isEqualTo(cursor);
            assertThat(open(list + "x", token)).as("seed %d", seed).isNull();
            assertThat(open(list.substring(0, list.length() / 2), token)).as("seed %d, %s", seed, list).isNull();
        }
    }

    @Test
    void aSpoiledTokenIsRefused() {
        for (int i = 0; i < ROUNDS; i++) {
            String list = text();
            String token = Objects.requireNonNull(tokens.seal(list, bytes(random.nextInt(40))));
            String spoiled = spoiled(token);

            if (!spoiled.isEmpty() && !sameBytes(token, spoiled)) {
                assertThat(open(list, spoiled)).as("seed %d, %s", seed, spoiled).isNull();
            }
        }
    }

    @Test
    void whatIsNoTokenIsRefused() {
        for (int i = 0; i < ROUNDS; i++) {
            String text = text();
            assertThat(open("list", text)).as("seed %d, %s", seed, text).isNull();
        }
    }

    /// The cursor, or null if the token was refused as it should be.
    private byte @Nullable [] open(String list, String token) {
        try {
            return tokens.open(list, token);
        } catch (Refused refused) {
            assertThat(refused.refusal()).isEqualTo(Refusal.INVALID_INPUT);
            return null;
        }
    }

    /// Base64 has several spellings of the same bytes.
    private static boolean sameBytes(String one, String other) {
        try {
            return Arrays.equals(Base64.getUrlDecoder().decode(one), Base64.getUrlDecoder().decode(other));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text() {
        var text = new StringBuilder("l");
        for (int left = random.nextInt(60); left > 0; left--) {
            text.append(random.nextInt(10) == 0 ? (char) random.nextInt(0x10000) : (char) ('-' + random.nextInt(78)));
        }
        return text.toString();
    }

    private String spoiled(String token) {
        int at = random.nextInt(token.length());
        char c = random.nextBoolean() ? (char) ('-' + random.nextInt(78)) : (char) random.nextInt(0x10000);
        return switch (random.nextInt(4)) {
            case 0 -> token.substring(0, at) + c + token.substring(at + 1);
            case 1 -> token.substring(0, at) + c + token.substring(at);
            case 2 -> token.substring(0, at);
            default -> token.substring(0, at) + token.substring(at + 1);
        };
    }
}
