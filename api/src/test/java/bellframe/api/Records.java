package bellframe.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Records of the generated types, made without the generated readers.
final class Records {

    private Records() {
    }

    /// Builds the record that stands for a JSON object.
    static Object of(ModelFile model, String shapeName, JsonNode object) throws Exception {
        Class<?> type = model.generated(shapeName);
        Object builder = type.getMethod("builder").invoke(null);
        JsonNode members = model.shape(shapeName).get("members");
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            Object value = value(model, ModelFile.shapeOf(members.get(member.getKey())), member.getValue());
            setter(builder, member.getKey()).invoke(builder, value);
        }
        return builder.getClass().getMethod("build").invoke(builder);
    }

    private static Method setter(Object builder, String member) {
        return Arrays.stream(builder.getClass().getMethods())
                .filter(method -> method.getName().equalsIgnoreCase(member))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no setter for " + member));
    }

    private static Object value(ModelFile model, String shapeName, JsonNode json) throws Exception {
        JsonNode shape = model.shape(shapeName);
        return switch (ModelFile.type(shape)) {
            case "structure" -> of(model, shapeName, json);
            case "string" -> json.asText();
            case "integer" -> json.asInt();
            case "boolean" -> json.asBoolean();
            case "timestamp" -> moment(json.decimalValue());
            case "enum" -> constant(model.generated(shapeName), json.asText());
            case "list" -> {
                List<Object> items = new ArrayList<>();
                for (JsonNode item : json) {
                    items.add(value(model, ModelFile.shapeOf(shape.get("member")), item));
                }
                yield items;
            }
            case "map" -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                for (Map.Entry<String, JsonNode> entry : json.properties()) {
                    entries.put(entry.getKey(), value(model, ModelFile.shapeOf(shape.get("value")), entry.getValue()));
                }
                yield entries;
            }
            default -> throw new IllegalArgumentException(shapeName);
        };
    }

    private static Instant moment(BigDecimal seconds) {
        return Instant.ofEpochMilli(seconds.movePointRight(3).longValueExact());
    }

    private static Object constant(Class<?> type, String value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((WireValue) constant).value().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no constant for " + value));
    }
}
