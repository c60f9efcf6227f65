package bellframe.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// A JSON value as it was written: the elements of a document may come in any order, so it is read as a whole before any
/// of them is understood.
sealed interface Json {

    /// A statement in an array, with a value in an array of a condition: document, array, statement, Condition, operator,
    /// array. Nothing in a policy goes deeper.
    int DEPTH_MAX = 6;

    record Text(String text) implements Json {
    }

    /// A number, or `true` or `false`.
    record Bare(String text) implements Json {
    }

    enum Null implements Json {
        NULL
    }

    record Items(List<Json> items) implements Json {
    }

    /// An object.
    ///
    /// @param repeated names that came more than once
    record Members(SequencedMap<String, Json> members, Set<String> repeated) implements Json {
    }

    /// What makes a text no JSON that a policy could be.
    final class Malformed extends Exception {

        Malformed(String problem) {
            super(problem, null, false, false);
        }
    }

    /// Reads a text.
    ///
    /// @throws Malformed with what is wrong about it
    static Json parse(String text) throws Malformed {
        try (JsonParser json = Reading.FACTORY.createParser(text)) {
            json.nextToken();
            Json value = Reading.value(json, 0);
            if (json.nextToken() != null) {
                throw new Malformed("has something after its end");
            }
            return value;
        } catch (JsonProcessingException malformed) {
            throw new Malformed(Reading.problem(malformed));
        } catch (IOException impossible) {
            throw new UncheckedIOException("reading from memory failed", impossible);
        }
    }

    /// How values are read.
    final class Reading {

        // Names come from strangers, so none is kept.
        private static final JsonFactory FACTORY = JsonFactory.builder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();

        private Reading() {
        }

        private static String problem(JsonProcessingException malformed) {
            var where = malformed.getLocation();
            return where == null
                    ? "is not JSON"
                    : "is not JSON at line " + where.getLineNr() + ", column " + where.getColumnNr();
        }

        /// The value whose first token has been read.
        private static Json value(JsonParser json, int depth) throws IOException, Malformed {
            JsonToken token = json.currentToken();
            return switch (token) {
                case VALUE_STRING -> new Text(json.getText());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> new Bare(json.getText());
                case VALUE_NULL -> Null.NULL;
                case START_ARRAY -> items(json, deeper(depth));
                case START_OBJECT -> members(json, deeper(depth));
                case null -> throw new Malformed("is empty");
                case END_ARRAY, END_OBJECT, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw new IllegalStateException("no value begins with " + token);
            };
        }

        private static int deeper(int depth) throws Malformed {
            if (depth == DEPTH_MAX) {
                throw new Malformed("nests deeper than any policy");
            }
            return depth + 1;
        }

        private static Items items(JsonParser json, int depth) throws IOException, Malformed {
            var items = new ArrayList<Json>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(json, depth));
            }
            return new Items(List.copyOf(items));
        }

        private static Members members(JsonParser json, int depth) throws IOException, Malformed {
            var members = new LinkedHashMap<String, Json>();
            var repeated = new HashSet<String>();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                json.nextToken();
                if (members.put(name, value(json, depth)) != null) {
                    repeated.add(name);
                }
            }
            return new Members(Collections.unmodifiableSequencedMap(members), Set.copyOf(repeated));
        }
    }
}
