package bellframe.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.refusals.Refused;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SignedHeadersTest {

    private static final int ROUNDS = 5_000;
    private static final List<String> NAMES = List.of("", "a", "date", "host", "host2", "x-amz-date");

    @Test
    void namesKeepTheirOrder() {
        SignedHeaders headers = SignedHeaders.parse("x-amz-date;host;;date");

        assertThat(headers.names()).containsExactly("x-amz-date", "host", "", "date");
        assertThat(headers.text()).isEqualTo("x-amz-date;host;;date");
        assertThat(headers.contains("host")).isTrue();
        assertThat(headers.contains("x-amz")).isFalse();
    }

    @Test
    void listsAreRefusedJustIfTheyNameAHeaderTwice() {
        long seed = Long.getLong("bellframe.seed", new Random().nextLong());
        System.out.println("SignedHeadersTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            List<String> names = Stream.generate(() -> NAMES.get(random.nextInt(NAMES.size())))
                    .limit(1 + random.nextInt(4))
                    .toList();
            List<String> inSomeOrder = random.nextBoolean() ? names : names.stream().sorted().toList();
            String text = String.join(";", inSomeOrder);
            if (Set.copyOf(names).size() == names.size()) {
                assertThat(SignedHeaders.parse(text).names()).as("seed %d", seed).isEqualTo(inSomeOrder);
            } else {
                assertThatThrownBy(() -> SignedHeaders.parse(text)).as("seed %d: %s", seed, text)
                        .isInstanceOf(Refused.class)
                        .hasMessage("'SignedHeaders' must name each header only once.");
            }
        }
    }
}
