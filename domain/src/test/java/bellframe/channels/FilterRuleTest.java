package bellframe.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterRuleTest {

    private static final Map<String, List<String>> MESSAGE = Map.of("mention", List.of("alice", "bob"), "kind",
            List.of("urgent"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"mention":["bob"]}                                              | true
            {"mention":["carol","alice"]}                                    | true
            {"mention":["carol"]}                                            | false
            {"mention":["Bob"]}                                              | false
            {"mention":["bob"],"kind":["urgent"]}                            | true
            {"mention":["bob"],"kind":["idle"]}                              | false
            {"absent":["bob"]}                                               | false
            {"mention":[{"anything-but":["carol"]}]}                         | true
            {"mention":[{"anything-but":["bob","carol"]}]}                   | false
            {"absent":[{"anything-but":["bob"]}]}                            | true
            {"$or":[{"mention":["carol"]},{"kind":["urgent"]}]}              | true
            {"$or":[{"mention":["carol"]},{"kind":["idle"]}]}                | false
            {"$or":[{"mention":["bob"],"kind":["idle"]},{"absent":["x"]}]}   | false
            """)
    void aRuleMatchesByTheAttributes(String rule, boolean matches) {
        assertThat(FilterRule.parse(rule).matches(MESSAGE)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"kind":["urgent"]}                     | false
            {"kind":[{"anything-but":["urgent"]}]}  | true
            """)
    void aMessageWithoutAttributesHasNoneOfTheValues(String rule, boolean matches) {
        assertThat(FilterRule.parse(rule).matches(Map.of())).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[]", "\"a\"", "{}", "{\"a\":\"b\"}", "{\"a\":[]}", "{\"a\":[1]}",
            "{\"a\":[null]}",
            "{\"a\":[[\"b\"]]}", "{\"a\":[\"b\"]", "{\"a\":[\"b\"]} {}", "{\"a\":[\"b\"],\"a\":[\"c\"]}",
            "{\"a\":[{\"anything-but\":[]}]}", "{\"a\":[{\"anything-but\":\"b\"}]}", "{\"a\":[{\"prefix\":[\"b\"]}]}",
            "{\"a\":[\"b\",{\"anything-but\":[\"c\"]}]}",
            "{\"a\":[{\"anything-but\":[\"b\"]},{\"anything-but\":[\"c\"]}]}",
            "{\"a\":[{\"anything-but\":[\"b\"],\"x\":[\"c\"]}]}", "{\"$or\":[]}", "{\"$or\":{}}", "{\"$or\":[\"a\"]}",
            "{\"$or\":[{}]}", "{\"$or\":[{\"a\":[\"b\"]}],\"c\":[\"d\"]}", "{\"c\":[\"d\"],\"$or\":[{\"a\":[\"b\"]}]}",
            "{\"$or\":[{\"$or\":[{\"a\":[\"b\"]}]}]}"})
    void whatIsNoRuleIsRefused(String text) {
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> FilterRule.parse(text))
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.INVALID_INPUT))
                .withMessageStartingWith("FilterRule: ");
    }

    @ParameterizedTest
    @CsvSource({"5,1,true", "6,1,false", "5,3,true", "4,5,false", "1,19,true", "1,20,false"})
    void clausesAndComplexityAreLimited(int clauses, int values, boolean allowed) {
        String match = "{\"a\":[" + "\"v\",".repeat(values - 1).replace("v\"", "v%d\"") + "\"last\"]}";
        var numbers = java.util.stream.IntStream.range(0, values - 1).boxed().toArray();
        String clause = match.formatted(numbers);
        String rule = "{\"$or\":[" + (clause + ",").repeat(clauses - 1) + clause + "]}";
        if (allowed) {
            assertThat(FilterRule.parse(rule).matches(Map.of("a", List.of("last")))).isTrue();
        } else {
            assertThatExceptionOfType(Refused.class).isThrownBy(() -> FilterRule.parse(rule));
        }
    }

    @ParameterizedTest
    @CsvSource({"2048,true", "2049,false"})
    void bytesAreLimited(int bytes, boolean allowed) {
        String rule = "{\"a\":[\"" + "é".repeat((bytes - 10) / 2) + "x".repeat(bytes % 2) + "\"]}";
        assertThat(rule.getBytes(java.nio.charset.StandardCharsets.UTF_8)).hasSize(bytes);
        if (allowed) {
            assertThat(FilterRule.parse(rule)).isNotNull();
        } else {
            assertThatExceptionOfType(Refused.class).isThrownBy(() -> FilterRule.parse(rule));
        }
    }
}
