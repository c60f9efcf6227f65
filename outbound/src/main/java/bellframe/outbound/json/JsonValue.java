package bellframe.outbound.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A value that somebody else wrote. Whoever looks for what is not there, or is something else, finds nothing, since answers
/// of receivers may have any shape.
public sealed interface JsonValue {

    /// An object; of members with the same name the last counts.
    record Members(Map<String, JsonValue> members) implements JsonValue {
    }

    record Items(List<JsonValue> values) implements JsonValue {
    }

    record Text(String characters) implements JsonValue {
    }

    record Numeral(BigDecimal value) implements JsonValue {
    }

    enum Bare implements JsonValue {
        TRUE,
        FALSE,
        NULL
    }

    /// Deeper than anything that is looked for.
    int DEPTH_MAX = 32;

    /// Empty if the text is not one JSON value, or nests deeper than [#DEPTH_MAX].
    static Optional<JsonValue> parse(byte[] utf8) {
        return parse(new String(utf8, StandardCharsets.UTF_8));
    }

    static Optional<JsonValue> parse(String text) {
        try (JsonParser json = Reading.FACTORY.createParser(text)) {
            json.nextToken();
            JsonValue value = Reading.value(json);
            return json.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// The member of this name; null if there is none, or this is no object.
    default JsonValue get(String name) {
        return this instanceof Members object ? object.members().getOrDefault(name, Bare.NULL) : Bare.NULL;
    }

    /// The values of an array; none if this is something else.
    default List<JsonValue> items() {
        return this instanceof Items array ? array.values() : List.of();
    }

    /// What the string says; null if this is something else.
    default @Nullable String text() {
        return this instanceof Text string ? string.characters() : null;
    }

    default void write(JsonGenerator json) throws IOException {
        switch (this) {
            case Members(var members) -> {
                json.writeStartObject();
                for (Map.Entry<String, JsonValue> member : members.entrySet()) {
                    json.writeFieldName(member.getKey());
                    member.getValue().write(json);
                }
                json.writeEndObject();
            }
            case Items(var values) -> {
                json.writeStartArray();
                for (JsonValue value : values) {
                    value.write(json);
                }
                json.writeEndArray();
            }
            case Text(var characters) -> json.writeString(characters);
            case Numeral(var value) -> json.writeNumber(value);
            case Bare.TRUE -> json.writeBoolean(true);
            case Bare.FALSE -> json.writeBoolean(false);
            case Bare.NULL -> json.writeNull();
        }
    }

    /// How values are read.
    final class Reading {

        // Names come from strangers, so none is kept.
        private static final JsonFactory FACTORY = JsonFactory.builder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                .build();

        private Reading() {
        }

        /// The value whose first token has been read.
        private static JsonValue value(JsonParser json) throws IOException {
            return switch (json.currentToken()) {
                case VALUE_STRING -> new Text(json.getText());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeral(json.getDecimalValue());
                case VALUE_TRUE -> Bare.TRUE;
                case VALUE_FALSE -> Bare.FALSE;
                case VALUE_NULL -> Bare.NULL;
                case START_ARRAY -> items(json);
                case START_OBJECT -> members(json);
                case null -> throw new IOException("nothing");
                case END_ARRAY, END_OBJECT, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw new IllegalStateException("no value begins so");
            };
        }

        private static Items items(JsonParser json) throws IOException {
            var values = new ArrayList<JsonValue>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                values.add(value(json));
            }
            return new Items(List.copyOf(values));
        }

        private static Members members(JsonParser json) throws IOException {
            var members = new LinkedHashMap<String, JsonValue>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                members.put(name, value(json));
            }
            return new Members(members);
        }
    }
}
