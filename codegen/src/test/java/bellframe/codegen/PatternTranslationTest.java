package bellframe.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternTranslationTest {

    private static final int HUGE = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest
    @ValueSource(strings = {".*", "[\\s\\S]*"})
    void aPatternThatIsAlwaysTrueIsLeftOut(String pattern) {
        assertThat(PatternTranslation.toJava(pattern)).isEmpty();
    }

    @Test
    void escapesOfFiveAndSixDigitsAreOneCodePoint() {
        Pattern pattern = translated("[\\u0020-\\uD7FF\\u10000-\\u10FFFF]*");

        assertThat(pattern.pattern()).isEqualTo("[\\u0020-\\uD7FF\\x{10000}-\\x{10FFFF}]*");
        assertThat("\uD83D\uDE00 \uDBFF\uDFFD").matches(pattern);
        assertThat("\t").doesNotMatch(pattern);
    }

    @Test
    void theCodePointsAroundTheSurrogatesStayApart() {
        Pattern pattern = translated("[\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]*");

        assertThat("\uD7FF\uE000\uFFFD").matches(pattern);
        assertThat("\uFFFE").doesNotMatch(pattern);
        assertThat("\uD800").doesNotMatch(pattern);
    }

    @Test
    void aPatternMatchesTheWholeValueAndADotMatchesNewlines() {
        assertThat("a\nb").matches(translated(".*\\S.*"));
        assertThat("ab\n").doesNotMatch(translated("^([A-Za-z]_?)+$"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a|ab)+", "(ab?)*b", "(a){3,}", "((/[^a]+)*)/", "((/[a/]+)*)/", "((/a*)*)/",
            "((/[a]+)*)b"})
    void aRepeatedGroupThatMayBacktrackIsRefused(String pattern) {
        assertThatThrownBy(() -> PatternTranslation.toJava(pattern)).hasMessageContaining("backtrack");
    }

    @Test
    void possessiveGroupsAcceptWhatTheModelsPatternAccepts() {
        Pattern original = Pattern.compile("^([A-Za-z]_?)+$", Pattern.DOTALL);
        Pattern translated = translated(original.pattern());
        long seed = new Random().nextLong();
        var random = new Random(seed);

        for (int i = 0; i < 20_000; i++) {
            String value = random.ints(random.nextInt(8), 0, 4)
                    .mapToObj(letter -> "aZ_1".substring(letter, letter + 1))
                    .collect(Collectors.joining());
            assertThat(translated.matcher(value).matches())
                    .as("seed %d, value '%s'", seed, value)
                    .isEqualTo(original.matcher(value).matches());
        }
    }

    @Test
    void possessivePathsAcceptWhatTheModelsPatternAccepts() {
        Pattern original = Pattern.compile("((/[A-Za-z0-9\\.,\\+@=_-]+)*)/", Pattern.DOTALL);
        Pattern translated = translated(original.pattern());
        long seed = new Random().nextLong();
        var random = new Random(seed);

        for (int i = 0; i < 20_000; i++) {
            String value = random.ints(random.nextInt(10), 0, 5)
                    .mapToObj(letter -> "a//.!".substring(letter, letter + 1))
                    .collect(Collectors.joining());
            assertThat(translated.matcher(value).matches())
                    .as("seed %d, value '%s'", seed, value)
                    .isEqualTo(original.matcher(value).matches());
        }
    }

    /// A start that may match, a mebibyte that may, and an end that does not.
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            "",a
            "",a_
            "",/
            "",/a
            /,a
            ""," "
            "",-
            "",a\uD83D\uDE00
            arn:aws:chime:us-east-1:123456789012:,a
            arn:aws:chime:us-east-1:123456789012:,a\uD83D\uDE00
            arn:aws:chime:us-east-1:,a:
            arn:aws:lambda:us-,a
            arn:aws:lambda:us-east-1:123456789012:function:,a
            arn:aws:lambda:us-east-1:123456789012:function:f:,a
            arn:aws:lex:us-east-1:123456789012:bot-alias/,A""")
    void noPatternBlowsUpOnAHugeValue(String start, String filler) throws IOException {
        String huge = start + filler.repeat(HUGE / filler.length());
        for (Pattern pattern : patternsOfTheModels()) {
            assertTimeoutPreemptively(PATIENCE, () -> {
                pattern.matcher(huge).matches();
                pattern.matcher(huge + "\u0000").matches();
            }, pattern::pattern);
        }
    }

    private static List<Pattern> patternsOfTheModels() throws IOException {
        Set<String> patterns = new LinkedHashSet<>();
        for (Main.Service service : Main.SERVICES) {
            for (Shape shape : ModelReader.read(service).shapes().values()) {
                if (shape instanceof Shape.Text text && text.pattern() != null) {
                    patterns.add(text.pattern());
                }
            }
        }
        List<String> translated = patterns.stream()
                .flatMap(pattern -> PatternTranslation.toJava(pattern).stream())
                .toList();
        assertThat(translated).hasSizeGreaterThanOrEqualTo(8);
        return translated.stream().map(regex -> Pattern.compile(regex, Pattern.DOTALL)).toList();
    }

    private static Pattern translated(String pattern) {
        return Pattern.compile(PatternTranslation.toJava(pattern).orElseThrow(), Pattern.DOTALL);
    }
}
