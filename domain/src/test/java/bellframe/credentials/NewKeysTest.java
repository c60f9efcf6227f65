package bellframe.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NewKeysTest {

    private static final int MANY = 2_000;

    private final NewKeys keys = new NewKeys(new Random(42));

    @Test
    void idsTellWhatTheyAreOf() {
        assertThat(keys.id(NewKeys.IdKind.ACCESS_KEY)).matches("AKIA[A-Z2-7]{16}");
        assertThat(keys.id(NewKeys.IdKind.TEMPORARY_ACCESS_KEY)).matches("ASIA[A-Z2-7]{16}");
        assertThat(keys.id(NewKeys.IdKind.USER)).matches("AIDA[A-Z2-7]{17}");
        assertThat(keys.id(NewKeys.IdKind.ROLE)).matches("AROA[A-Z2-7]{17}");
    }

    @Test
    void secretsHaveFortyCharacters() {
        assertThat(keys.secret()).matches("[A-Za-z0-9+/]{40}");
    }

    @Test
    void nothingIsGivenTwice() {
        assertThat(many(() -> keys.id(NewKeys.IdKind.ACCESS_KEY))).doesNotHaveDuplicates();
        assertThat(many(keys::secret)).doesNotHaveDuplicates();
    }

    private static Stream<String> many(Supplier<String> made) {
        return Stream.generate(made).limit(MANY);
    }
}
