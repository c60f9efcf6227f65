package bellframe.channels;

import bellframe.limits.Limit;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which messages a member wants to be notified of, by their MessageAttributes.
///
/// A rule is a JSON object of attribute names, each with an array of texts of which the message must have one, or with
/// `[{"anything-but": […]}]`, an array of texts of which it must have none. All names must match, or, in
/// `{"$or": [rule, …]}`, all names of one of the rules. A message without an attribute has none of its values.
public final class FilterRule {

    private static final String OR = "$or";
    private static final String ANYTHING_BUT = "anything-but";
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /// What one attribute must be like.
    ///
    /// @param excluded whether the message must have none of the values, rather than one
    private record Match(Set<String> values, boolean excluded) {

        private boolean holds(List<String> present) {
            return present.stream().anyMatch(values::contains) != excluded;
        }
    }

    /// Each must hold for one clause to hold.
    private final List<Map<String, Match>> clauses;

    private FilterRule(List<Map<String, Match>> clauses) {
        this.clauses = clauses;
    }

    /// Reads a rule.
    ///
    /// @throws Refused with [Refusal#INVALID_INPUT] if the text is no rule, or exceeds [Limit#FILTER_RULE_BYTES],
    ///         [Limit#FILTER_RULE_CLAUSES] or [Limit#FILTER_RULE_COMPLEXITY]
    public static FilterRule parse(String text) {
        Limit.FILTER_RULE_BYTES.requireBytes(text, "FilterRule: has at most 2048 bytes");
        try (JsonParser json = JSON.createParser(text)) {
            var rule = new FilterRule(rule(json));
            require(json.nextToken() == null, "one JSON object is expected");
            rule.requireSimple();
            return rule;
        } catch (JsonProcessingException malformed) {
            throw refused("is not JSON");
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading from memory failed", impossible);
        }
    }

    /// Whether a message is one that the member wants to be notified of.
    ///
    /// @param attributes the values of each message attribute, by name
    public boolean matches(Map<String, List<String>> attributes) {
        return clauses.stream()
                .anyMatch(clause -> clause.entrySet()
                        .stream()
                        .allMatch(match -> match.getValue().holds(attributes.getOrDefault(match.getKey(), List.of()))));
    }

    private static List<Map<String, Match>> rule(JsonParser json) throws IOException {
        require(json.nextToken() == JsonToken.START_OBJECT, "a JSON object is expected");
        String first = json.nextFieldName();
        if (!OR.equals(first)) {
            return List.of(clause(json, first));
        }
        require(json.nextToken() == JsonToken.START_ARRAY, "$or takes an array");
        var clauses = new ArrayList<Map<String, Match>>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken() == JsonToken.START_OBJECT, "$or takes an array of objects");
            clauses.add(clause(json, json.nextFieldName()));
        }
        require(json.nextToken() == JsonToken.END_OBJECT, "nothing stands beside $or");
        require(!clauses.isEmpty(), "$or takes at least one object");
        if (clauses.size() > Limit.FILTER_RULE_CLAUSES.value()) {
            throw refused("has at most 5 clauses in $or");
        }
        return clauses;
    }

    /// The names of an object that has been begun, from the first on.
    private static Map<String, Match> clause(JsonParser json, String first) throws IOException {
        var matches = new LinkedHashMap<String, Match>();
        for (String name = first; name != null; name = json.nextFieldName()) {
            require(!name.equals(OR), "nothing stands beside $or");
            matches.put(name, match(json));
        }
        require(json.currentToken() == JsonToken.END_OBJECT, "a JSON object is expected");
        require(!matches.isEmpty(), "an object names at least one attribute");
        return matches;
    }

    private static Match match(JsonParser json) throws IOException {
        require(json.nextToken() == JsonToken.START_ARRAY, "an attribute takes an array");
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return new Match(values(json), false);
        }
        require(ANYTHING_BUT.equals(json.nextFieldName()) && json.nextToken() == JsonToken.START_ARRAY,
                "an object in an array has anything-but with an array");
        json.nextToken();
        Set<String> values = values(json);
        require(json.nextToken() == JsonToken.END_OBJECT && json.nextToken() == JsonToken.END_ARRAY,
                "nothing stands beside anything-but");
        return new Match(values, true);
    }

    /// The texts of an array whose first token has been read.
    private static Set<String> values(JsonParser json) throws IOException {
        var values = new TreeSet<String>();
        for (JsonToken token = json.currentToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            require(token == JsonToken.VALUE_STRING, "an array holds texts, or one object");
            values.add(json.getText());
        }
        require(!values.isEmpty(), "an array holds at least one text");
        return values;
    }

    private void requireSimple() {
        int complexity = clauses.stream()
                .flatMap(clause -> clause.values().stream())
                .mapToInt(match -> 1 + match.values().size())
                .sum();
        if (complexity > Limit.FILTER_RULE_COMPLEXITY.value()) {
            throw refused("has at most 20 names and values together");
        }
    }

    private static void require(boolean wellFormed, String problem) {
        if (!wellFormed) {
            throw refused(problem);
        }
    }

    private static Refused refused(String problem) {
        return new Refused(Refusal.INVALID_INPUT, "FilterRule: " + problem);
    }
}
