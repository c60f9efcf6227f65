package bellframe.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;

/// Valid and invalid values for the shapes of a model.
public record Samples(ModelFile model) {

    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// The input of an operation with its required members only.
    public ObjectNode minimal(JsonNode structure) {
        ObjectNode object = JSON.objectNode();
        List<String> required = model.required(structure);
        model.members(structure)
                .stream()
                .filter(member -> required.contains(member.getKey()))
                .forEach(member -> object.set(member.getKey(), value(ModelFile.shapeOf(member.getValue()), false)));
        return object;
    }

    /// A structure with every member.
    public ObjectNode full(JsonNode structure) {
        ObjectNode object = JSON.objectNode();
        model.members(structure)
                .forEach(member -> object.set(member.getKey(), value(ModelFile.shapeOf(member.getValue()), true)));
        return object;
    }

    /// A valid value; structures inside are full or minimal.
    JsonNode value(String shapeName, boolean full) {
        JsonNode shape = model.shape(shapeName);
        return switch (ModelFile.type(shape)) {
            case "structure" -> full ? full(shape) : minimal(shape);
            case "enum" -> shape.get("enum").get(0);
            case "string" -> JSON.textNode(text(shape));
            case "integer" -> JSON.numberNode(shape.path("min").asInt(0));
            case "boolean" -> JSON.booleanNode(true);
            case "timestamp" -> JSON.numberNode(new BigDecimal("1622738791.013"));
            case "list" -> JSON.arrayNode().add(value(ModelFile.shapeOf(shape.get("member")), full));
            case "map" -> JSON.objectNode().set("k", value(ModelFile.shapeOf(shape.get("value")), full));
            default -> throw new IllegalArgumentException(shapeName);
        };
    }

    private static String text(JsonNode shape) {
        PatternSamples pattern = PatternSamples.of(shape);
        return pattern == null ? "x".repeat(Math.max(1, shape.path("min").asInt(1))) : pattern.accepted().getFirst();
    }
}
