package bellframe.codegen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads a model file; what this generator does not know, it refuses.
final class ModelReader {

    private static final int DEFAULT_STATUS = 200;

    private final JsonNode root;

    private ModelReader(JsonNode root) {
        this.root = root;
    }

    /// Reads a model among the resources of this module.
    static Model read(String file) throws IOException {
        try (InputStream resource = ModelReader.class.getResourceAsStream("/models/" + file)) {
            return new ModelReader(new ObjectMapper().readTree(Objects.requireNonNull(resource, file))).model();
        }
    }

    private Model model() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        root.get("shapes")
                .properties()
                .forEach(entry -> shapes.put(entry.getKey(), shape(entry.getKey(), entry.getValue())));
        List<Model.Operation> operations = root.get("operations").valueStream().map(ModelReader::operation).toList();
        return new Model(operations, shapes);
    }

    private static Model.Operation operation(JsonNode node) {
        JsonNode http = node.get("http");
        String[] uri = http.get("requestUri").asText().split("\\?", 2);
        return new Model.Operation(
                node.get("name").asText(),
                http.get("method").asText(),
                List.of(uri[0].substring(1).split("/")),
                uri.length == 1 ? null : fixedQuery(uri[1]),
                http.path("responseCode").asInt(DEFAULT_STATUS),
                node.get("input").get("shape").asText(),
                node.has("output") ? node.get("output").get("shape").asText() : null,
                node.path("errors").valueStream().map(error -> error.get("shape").asText()).toList());
    }

    private static Model.FixedQuery fixedQuery(String query) {
        String[] parts = query.split("=", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("not one fixed query parameter: " + query);
        }
        return new Model.FixedQuery(parts[0], parts[1]);
    }

    private static Shape shape(String name, JsonNode node) {
        String type = node.get("type").asText();
        return switch (type) {
            case "structure" -> structure(name, node);
            case "string" -> node.has("enum")
                    ? new Shape.Enumeration(name, texts(node.get("enum")))
                    : new Shape.Text(name, bounds(node), text(node, "pattern"), node.path("sensitive").asBoolean());
            case "integer" -> new Shape.Whole(name, bounds(node));
            case "boolean" -> new Shape.Flag(name);
            case "timestamp" -> new Shape.Timestamp(name);
            case "list" -> new Shape.ListOf(name, shapeOf(node.get("member")), bounds(node));
            case "map" -> new Shape.MapOf(name, shapeOf(node.get("key")), shapeOf(node.get("value")), bounds(node));
            default -> throw new IllegalArgumentException(name + " has the unknown type " + type);
        };
    }

    private static Shape.Structure structure(String name, JsonNode node) {
        if (node.has("payload")) {
            throw new IllegalArgumentException(name + " binds its body to one member, which is not supported");
        }
        List<String> required = texts(node.path("required"));
        List<Shape.Member> members = node.get("members")
                .propertyStream()
                .map(member -> member(member.getKey(), member.getValue(),
                        required.contains(member.getKey()) && !LegacyModel.leavesOut(name, member.getKey())))
                .toList();
        return new Shape.Structure(name, members, node.path("exception").asBoolean());
    }

    private static Shape.Member member(String name, JsonNode node, boolean required) {
        String wireName = node.path("locationName").asText(name);
        return new Shape.Member(name, shapeOf(node), required, location(text(node, "location")), wireName);
    }

    private static Shape.Location location(@Nullable String location) {
        return switch (location) {
            case null -> Shape.Location.BODY;
            case "uri" -> Shape.Location.LABEL;
            case "querystring" -> Shape.Location.QUERY;
            case "header" -> Shape.Location.HEADER;
            default -> throw new IllegalArgumentException("unknown location " + location);
        };
    }

    private static Shape.Bounds bounds(JsonNode node) {
        return new Shape.Bounds(number(node, "min"), number(node, "max"));
    }

    private static String shapeOf(JsonNode reference) {
        return reference.get("shape").asText();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.has(name) ? node.get(name).asText() : null;
    }

    private static @Nullable Integer number(JsonNode node, String name) {
        return node.has(name) ? node.get(name).intValue() : null;
    }
}
