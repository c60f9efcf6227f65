package bellframe.api;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.codegen.PatternTranslation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every pattern of the models, against [Pattern].
class ValuePatternTest {

    private static final int VALUES_OF_EACH = 1_000;
    private static final int CHANGES_MAX = 4;
    private static final List<String> ODD_CHARACTERS = List.of("\n", "\r", "\u0000", "\u007F", "\u0080", "\u0085",
            "\u00A0", "\u00E9", "\u0130", "\u017F", "\u0661", "\u2028", "\uD7FF", "\uE000", "\uFFFE", "\uD83D\uDE00",
            "\uDBFF\uDFFF", "\uD83D", "\uDE00");

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @ParameterizedTest
    @MethodSource("patterns")
    void changedSamplesMatchAsWithARegularExpression(String regex, PatternSamples samples) {
        List<String> values = Stream.concat(samples.accepted().stream(), samples.refused().stream()).toList();

        checkAll(regex, () -> changed(values.get(random.nextInt(values.size()))));
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void valuesMadeOfThePiecesMatchAsWithARegularExpression(String regex, PatternSamples samples) {
        List<PatternPiece> pieces = PatternPiece.allOf(regex);

        checkAll(regex, () -> random.nextBoolean() ? madeOf(pieces) : changed(madeOf(pieces)));
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void anEmptyValueMatchesAsWithARegularExpression(String regex, PatternSamples samples) {
        check(new ValuePattern(regex), Pattern.compile(regex, Pattern.DOTALL), "");
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void asciiIsPlainUnlessThePatternHasGroupsOrMustGiveBack(String regex, PatternSamples samples) {
        boolean hasPlainValues = !regex.contains("(") && !regex.equals(".*\\S.*");
        var pattern = new ValuePattern(regex);

        assertThat(samples.accepted().stream().filter(StandardCharsets.US_ASCII.newEncoder()::canEncode))
                .isNotEmpty()
                .allMatch(value -> pattern.isPlain(value) == hasPlainValues);
    }

    /// Syntax that looks like pieces, and syntax that they do not have.
    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab*", "ab+c", "ab{2}c", "a{1,2}b{0,1}", "a{2,}", "ab?", "a*+a", "a*?b", "a+?",
            "(a)", "(?i)A", "a|b", "|", "^a$", "a$", "a\\z", "\\Qa*\\E", "\\ba", "a\\b", "\\x61", "\\u0061b*",
            "\\141", "[ab]", "[^a]*", "[^^]", "[a^]", "[]a]", "[^]a]", "[a-c&&[^b]]+", "[a-c&&b-c]+", "[a[bc]]",
            "[\\]a]*",
            "[a\\\\]", "\\**", "\\\\", ".", ".*a", "a.{0,2}b", "[a-]", "\\w\\W", "\\p{L}+", "[\\p{L}]+", "\\R", "a-b",
            "a*a", "a*ab", "[ab]*b", "#a", "a b"})
    void everyShortValueMatchesAsWithARegularExpression(String regex) {
        var pattern = new ValuePattern(regex);
        Pattern reference = Pattern.compile(regex, Pattern.DOTALL);
        for (String value : valuesOf("abAc*^&]\\-", 4)) {
            check(pattern, reference, value);
        }
    }

    static Stream<Object[]> patterns() {
        return PatternSamples.ALL.entrySet()
                .stream()
                .map(pattern -> new Object[]{PatternTranslation.toJava(pattern.getKey()).orElseThrow(),
                        pattern.getValue()});
    }

    private void checkAll(String regex, Supplier<String> values) {
        var pattern = new ValuePattern(regex);
        Pattern reference = Pattern.compile(regex, Pattern.DOTALL);
        for (int i = 0; i < VALUES_OF_EACH; i++) {
            check(pattern, reference, values.get());
        }
    }

    private void check(ValuePattern pattern, Pattern reference, String value) {
        boolean expected = reference.matcher(value).matches();
        if (pattern.matches(value) != expected) {
            assertThat(!expected).as("seed %d, %s, value '%s'", seed, reference, value).isEqualTo(expected);
        }
    }

    /// A value that is like another but for a few changes.
    private String changed(String value) {
        var text = new StringBuilder(value);
        for (int changes = random.nextInt(CHANGES_MAX + 1); changes > 0; changes--) {
            int from = random.nextInt(text.length() + 1);
            int to = random.nextInt(4) == 0 ? from : Math.min(text.length(), from + 1 + random.nextInt(2));
            text.replace(from, to, random.nextInt(4) == 0 ? "" : character().repeat(count()));
        }
        return text.toString();
    }

    /// A value of so many characters for each piece as it may take, or one more or less.
    private String madeOf(List<PatternPiece> pieces) {
        var text = new StringBuilder();
        for (PatternPiece piece : pieces) {
            switch (piece) {
                case PatternPiece.Literal literal -> text.append(literal.text());
                case PatternPiece.Run run -> append(text, run);
            }
        }
        return text.toString();
    }

    private void append(StringBuilder text, PatternPiece.Run run) {
        int most = Math.min(run.max(), run.min() + 3_000);
        int count = switch (random.nextInt(8)) {
            case 0 -> run.min() - 1;
            case 1 -> run.min();
            case 2 -> most;
            case 3 -> most + 1;
            default -> run.min() + random.nextInt(Math.min(8, most - run.min() + 1));
        };
        for (int i = 0; i < count; i++) {
            text.append(ofKind(run));
        }
    }

    private String ofKind(PatternPiece.Run run) {
        char c;
        do {
            c = (char) random.nextInt(128);
        } while (!run.isOfKind(c));
        return Character.toString(c);
    }

    private String character() {
        return random.nextInt(4) == 0
                ? ODD_CHARACTERS.get(random.nextInt(ODD_CHARACTERS.size()))
                : Character.toString(random.nextInt(128));
    }

    private int count() {
        return switch (random.nextInt(50)) {
            case 0 -> 60 + random.nextInt(8);
            case 1 -> 1_000 + random.nextInt(30);
            case 2 -> 5_000;
            default -> 1 + random.nextInt(3);
        };
    }

    /// Every text of so many of these characters, or fewer.
    private static List<String> valuesOf(String characters, int lengthMax) {
        return Stream.iterate(List.of(""), shorter -> shorter.stream()
                .flatMap(value -> characters.chars().mapToObj(c -> value + (char) c))
                .toList()).limit(lengthMax + 1).flatMap(List::stream).toList();
    }
}
