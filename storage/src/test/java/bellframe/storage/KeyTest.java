package bellframe.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyTest {

    private static final String[] TEXTS = {"\u0000", "\u0001", "a", "\u007F", "\u0080", "\u07FF", "\uFFFF", "😀"};

    static LongStream seeds() {
        return new Random().longs(5);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keysSortByTheirPartsAndNeverCollide(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            var left = parts(random);
            var right = parts(random);
            int expected = Arrays.compare(left.toArray(String[]::new), right.toArray(String[]::new),
                    (a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));
            int found = Key.of(left.toArray(String[]::new)).compareTo(Key.of(right.toArray(String[]::new)));
            assertThat(Integer.signum(found)).as("%s and %s", left, right).isEqualTo(Integer.signum(expected));
        }
    }

    @Test
    void numbersSortByTheirValue() {
        var numbers = List.of(0L, 1L, 255L, 256L, 1L << 31, 1L << 32, Long.MAX_VALUE);

        assertThat(numbers.stream().map(number -> Key.builder().number64(number).build())).isSorted();
        assertThat(Key.builder().number8(200).build()).isGreaterThan(Key.builder().number8(100).build());
    }

    @Test
    void equalPartsMakeEqualKeys() {
        assertThat(Key.of("a", "b")).isEqualTo(Key.of("a", "b")).hasSameHashCodeAs(Key.of("a", "b"));
        assertThat(Key.of("a", "b")).isNotEqualTo(Key.of("ab"));
        assertThat(Key.of()).isEqualTo(Key.EMPTY);
    }

    @Test
    void aKeyHasALongestLength() {
        assertThatThrownBy(() -> Key.ofBytes(new byte[Key.MAX_BYTES + 1])).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> parts(Random random) {
        return random.ints(random.nextInt(4), 0, 4).mapToObj(length -> text(random, length)).toList();
    }

    private static String text(Random random, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(TEXTS[random.nextInt(TEXTS.length)]);
        }
        return text.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
