package bellframe.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.refusals.Refused;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// The grammar of filter rules: a table of rules and messages, and rules drawn at random beside a second reading of them
/// that does nothing clever.
class FilterRuleGrammarTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DRAWN = Boolean.getBoolean("bellframe.long") ? 2_000_000 : 50_000;
    private static final List<String> NAMES = List.of("kind", "team", "CHIME.mentions", "é", "a\"b", "");
    private static final List<String> VALUES = List.of("urgent", "Urgent", "idle", "👍", "", "a\\b", "1");
    private static final List<String> SPACES = List.of("", "", "", " ", "\n", "\t ", "\r\n");

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @ParameterizedTest
    @CsvFileSource(resources = "filter-rules.csv", delimiter = '|', quoteCharacter = '`')
    void aRuleSaysWhichMessagesItsMemberIsNotifiedOf(String rule, String message, String outcome)
            throws JsonProcessingException {
        var attributes = JSON.readValue(message, new TypeReference<Map<String, List<String>>>() {
        });
        switch (outcome) {
            case "true" -> assertThat(FilterRule.parse(rule).matches(attributes)).isTrue();
            case "false" -> assertThat(FilterRule.parse(rule).matches(attributes)).isFalse();
            case "refused" -> assertThatExceptionOfType(Refused.class).isThrownBy(() -> FilterRule.parse(rule));
            default -> throw new AssertionError("no outcome: " + outcome);
        }
    }

    @Test
    void aRuleThatWasReadSaysTheSameAsItsText() throws JsonProcessingException {
        System.out.println("FilterRuleGrammarTest: seed " + seed);
        int notified = 0;
        for (int i = 0; i < DRAWN; i++) {
            String rule = rule();
            Map<String, List<String>> attributes = attributes();
            boolean expected = holds(JSON.readValue(rule, new TypeReference<Map<String, List<Object>>>() {
            }), attributes);
            assertThat(FilterRule.parse(rule).matches(attributes)).as("%s of %s", rule, attributes).isEqualTo(expected);
            notified += expected ? 1 : 0;
        }
        assertThat(notified).as("of what was drawn, some is and some is not notified")
                .isBetween(DRAWN / 10, DRAWN * 9 / 10);
    }

    /// What a rule says of a message, told from the rule's text as any JSON parser reads it.
    private static boolean holds(Map<String, List<Object>> rule, Map<String, List<String>> attributes) {
        List<Object> alternatives = rule.get("$or");
        if (alternatives == null) {
            return holdsWhole(rule, attributes);
        }
        for (Object alternative : alternatives) {
            if (holdsWhole(JSON.convertValue(alternative, new TypeReference<Map<String, List<Object>>>() {
            }), attributes)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holdsWhole(Map<String, List<Object>> clause, Map<String, List<String>> attributes) {
        for (var match : clause.entrySet()) {
            List<String> present = attributes.get(match.getKey());
            boolean excludes = match.getValue().getFirst() instanceof Map;
            List<Object> values = excludes
                    ? List.copyOf((List<?>) ((Map<?, ?>) match.getValue().getFirst()).get("anything-but"))
                    : match.getValue();
            boolean any = false;
            for (Object value : values) {
                any |= present != null && present.contains(value);
            }
            if (any == excludes) {
                return false;
            }
        }
        return true;
    }

    /// The text of a rule within the limits: five clauses at most, and 20 names and values.
    private String rule() {
        int clauses = random.nextInt(6);
        if (clauses == 0) {
            return clause(2 + random.nextInt(19));
        }
        List<String> drawn = IntStream.range(0, clauses).mapToObj(_ -> clause(2 + random.nextInt(3))).toList();
        return object(Map.of("$or", array(drawn)));
    }

    /// @param complexity how many names and values the clause may have, at least 2
    private String clause(int complexity) {
        var matches = new LinkedHashMap<String, String>();
        int left = complexity;
        do {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            int values = 1 + random.nextInt(Math.min(left - 1, 4));
            if (matches.put(name, match(values)) == null) {
                left -= values + 1;
            }
        } while (left >= 2 && matches.size() < NAMES.size() && random.nextBoolean());
        return object(matches);
    }

    private String match(int values) {
        List<String> drawn = IntStream.range(0, values)
                .mapToObj(_ -> text(VALUES.get(random.nextInt(VALUES.size()))))
                .toList();
        return random.nextInt(3) > 0
                ? array(drawn)
                : array(List.of(object(Map.of("anything-but", array(drawn)))));
    }

    private Map<String, List<String>> attributes() {
        var attributes = new HashMap<String, List<String>>();
        for (String name : NAMES) {
            if (random.nextInt(3) > 0) {
                var values = new ArrayList<String>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    values.add(VALUES.get(random.nextInt(VALUES.size())));
                }
                attributes.put(name, values);
            }
        }
        return attributes;
    }

    private String object(Map<String, String> members) {
        List<String> written = members.entrySet()
                .stream()
                .map(member -> space() + text(member.getKey()) + space() + ":" + space() + member.getValue() + space())
                .toList();
        return "{" + String.join(",", written) + "}";
    }

    private String array(List<String> elements) {
        return "[" + String.join(",", elements.stream().map(element -> space() + element + space()).toList()) + "]";
    }

    private String space() {
        return SPACES.get(random.nextInt(SPACES.size()));
    }

    /// A JSON text, some of whose characters are written as numbers.
    private String text(String value) {
        var written = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\' || random.nextInt(8) == 0) {
                written.append("\\u%04x".formatted((int) c));
            } else {
                written.append(c);
            }
        }
        return written.append('"').toString();
    }
}
