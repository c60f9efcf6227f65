package bellframe.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// A value somewhere in an operation's input.
///
/// @param path how messages name it
/// @param location `body`, `uri`, `querystring` or `header`
/// @param kind what it is a part of
/// @param with the whole input, minimal but for this value
public record InputPlace(
        ModelFile model,
        Operation<?, ?, ?> operation,
        String path,
        String shapeName,
        String location,
        Kind kind,
        Function<JsonNode, ObjectNode> with) {

    /// What a value is in the value around it.
    public enum Kind {
        /// the input itself
        INPUT,
        REQUIRED_MEMBER,
        OPTIONAL_MEMBER,
        ITEM,
        MAP_KEY,
        MAP_VALUE
    }

    /// Every place in every operation of every model.
    static Stream<InputPlace> all() {
        return ModelFile.all().flatMap(model -> model.table().stream().flatMap(operation -> in(model, operation)));
    }

    /// Every place in one operation's input, but not the input itself.
    public static Stream<InputPlace> in(ModelFile model, Operation<?, ?, ?> operation) {
        List<InputPlace> found = new ArrayList<>();
        input(model, operation).collectMembers(found);
        return found.stream();
    }

    /// The place of an operation's whole input.
    public static InputPlace input(ModelFile model, Operation<?, ?, ?> operation) {
        String shape = ModelFile.shapeOf(model.operation(operation.name()).get("input"));
        return new InputPlace(model, operation, "", shape, "body", Kind.INPUT, ObjectNode.class::cast);
    }

    public JsonNode shape() {
        return model.shape(shapeName);
    }

    public String type() {
        return ModelFile.type(shape());
    }

    public boolean inBody() {
        return location.equals("body");
    }

    public boolean isSensitive() {
        return shape().path("sensitive").asBoolean();
    }

    /// The member of the input that holds this value.
    public String topMember() {
        return path.split("[.\\[]", 2)[0];
    }

    RequestParts request(JsonNode value) {
        return RequestParts.of(model, operation, with.apply(value));
    }

    private void collectMembers(List<InputPlace> found) {
        ObjectNode minimal = new Samples(model).minimal(shape());
        List<String> required = model.required(shape());
        for (Map.Entry<String, JsonNode> member : model.members(shape())) {
            String name = member.getKey();
            String where = kind == Kind.INPUT ? member.getValue().path("location").asText("body") : location;
            new InputPlace(model, operation, path.isEmpty() ? name : path + "." + name,
                    ModelFile.shapeOf(member.getValue()), where,
                    required.contains(name) ? Kind.REQUIRED_MEMBER : Kind.OPTIONAL_MEMBER,
                    value -> with.apply(minimal.deepCopy().set(name, value))).collect(found);
        }
    }

    private void collect(List<InputPlace> found) {
        found.add(this);
        switch (type()) {
            case "structure" -> collectMembers(found);
            case "list" -> part("[0]", "member", Kind.ITEM, value -> Samples.JSON.arrayNode().add(value))
                    .collect(found);
            case "map" -> {
                JsonNode sample = new Samples(model).value(ModelFile.shapeOf(shape().get("value")), false);
                part("[0].key", "key", Kind.MAP_KEY, value -> Samples.JSON.objectNode().set(value.asText(), sample))
                        .collect(found);
                part("[0].value", "value", Kind.MAP_VALUE, value -> Samples.JSON.objectNode().set("k", value))
                        .collect(found);
            }
            case "string", "enum", "integer", "boolean", "timestamp" -> {
            }
            default -> throw new IllegalArgumentException(type());
        }
    }

    private InputPlace part(String step, String reference, Kind kind, Function<JsonNode, JsonNode> wrap) {
        return new InputPlace(model, operation, path + step, ModelFile.shapeOf(shape().get(reference)), location, kind,
                value -> with.apply(wrap.apply(value)));
    }

    @Override
    public String toString() {
        return operation.name() + " " + path;
    }
}
