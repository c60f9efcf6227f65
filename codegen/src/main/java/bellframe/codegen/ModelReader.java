package bellframe.codegen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads from a model file what a service has of it; what this generator does not know, it refuses.
final class ModelReader {

    private static final int DEFAULT_STATUS = 200;

    private static final Set<String> OPERATION_KEYS = Set.of("name", "documentation", "http", "input", "output",
            "errors");
    private static final Set<String> SHAPE_KEYS = Set.of("type", "documentation", "members", "required", "member",
            "key", "value", "min", "max", "pattern", "enum", "sensitive", "exception", "error", "fault");
    private static final Set<String> MEMBER_KEYS = Set.of("shape", "documentation", "location", "locationName",
            "idempotencyToken");
    private static final Set<String> REFERENCE_KEYS = Set.of("shape", "documentation");
    private static final Set<String> OUTPUT_KEYS = Set.of("shape", "documentation", "resultWrapper");

    /// Secret although no model says so: the session token of temporary credentials.
    private static final Set<String> ALSO_SENSITIVE = Set.of("tokenType");

    private final Main.Service service;
    private final JsonNode root;

    private ModelReader(Main.Service service, JsonNode root) {
        this.service = service;
        this.root = root;
    }

    /// Reads the service's model, which is among the resources of this module.
    static Model read(Main.Service service) throws IOException {
        String file = service.modelFile();
        try (InputStream resource = ModelReader.class.getResourceAsStream("/models/" + file)) {
            JsonNode root = new ObjectMapper().readTree(Objects.requireNonNull(resource, file));
            return new ModelReader(service, root).model();
        }
    }

    private Model model() {
        List<Model.Operation> operations = root.get("operations")
                .valueStream()
                .filter(node -> service.includes(node.get("name").asText()))
                .map(this::operation)
                .toList();
        requireAll(operations);
        return new Model(metadata(), operations, shapes(operations));
    }

    private void requireAll(List<Model.Operation> operations) {
        Set<String> missing = new HashSet<>(service.operations());
        operations.forEach(operation -> missing.remove(operation.name()));
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("%s lacks %s".formatted(service.modelFile(), missing));
        }
    }

    private Model.Metadata metadata() {
        JsonNode metadata = root.get("metadata");
        String protocol = metadata.get("protocol").asText();
        if (!protocol.equals(service.protocol().modelName())) {
            throw new IllegalArgumentException("%s speaks %s".formatted(service.modelFile(), protocol));
        }
        return new Model.Metadata(
                metadata.get("apiVersion").asText(),
                metadata.path("signingName").asText(metadata.get("endpointPrefix").asText()),
                text(metadata, "xmlNamespace"));
    }

    private Model.Operation operation(JsonNode node) {
        String name = node.get("name").asText();
        requireKnown(name, node, OPERATION_KEYS);
        JsonNode http = node.get("http");
        String[] uri = http.get("requestUri").asText().split("\\?", 2);
        return new Model.Operation(
                name,
                http.get("method").asText(),
                List.of(uri[0].substring(1).split("/")),
                uri.length == 1 ? null : fixedQuery(uri[1]),
                http.path("responseCode").asInt(DEFAULT_STATUS),
                node.has("input") ? shapeOf(node.get("input")) : emptyInput(name),
                node.has("output") ? output(name, node.get("output")) : null,
                node.path("errors").valueStream().map(this::error).toList());
    }

    /// The name of the structure that stands for the input of an operation without any.
    private static String emptyInput(String operation) {
        return operation + "Request";
    }

    private static String output(String operation, JsonNode node) {
        requireKnown(operation, node, OUTPUT_KEYS);
        String wrapper = node.path("resultWrapper").asText(Model.resultElement(operation));
        if (!wrapper.equals(Model.resultElement(operation))) {
            throw new IllegalArgumentException(operation + " answers with the unusual element " + wrapper);
        }
        return node.get("shape").asText();
    }

    /// The code that stands for an error on the wire: the name of its shape, unless the model has another.
    private String error(JsonNode reference) {
        String shape = shapeOf(reference);
        return root.get("shapes").get(shape).path("error").path("code").asText(shape);
    }

    private static Model.FixedQuery fixedQuery(String query) {
        String[] parts = query.split("=", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("not one fixed query parameter: " + query);
        }
        return new Model.FixedQuery(parts[0], parts[1]);
    }

    /// The shapes that the operations need, in the order of the file.
    private Map<String, Shape> shapes(List<Model.Operation> operations) {
        Set<String> needed = new HashSet<>();
        operations.stream()
                .flatMap(operation -> Stream.of(operation.input(), operation.output()))
                .filter(Objects::nonNull)
                .forEach(shape -> collect(shape, needed));
        Map<String, Shape> shapes = new LinkedHashMap<>();
        root.get("shapes")
                .properties()
                .stream()
                .filter(entry -> needed.remove(entry.getKey()))
                .forEach(entry -> shapes.put(entry.getKey(), shape(entry.getKey(), entry.getValue())));
        needed.forEach(name -> shapes.put(name, new Shape.Structure(name, List.of())));
        return shapes;
    }

    private void collect(String name, Set<String> needed) {
        if (needed.add(name)) {
            parts(root.get("shapes").path(name)).forEach(part -> collect(part.get("shape").asText(), needed));
        }
    }

    private static Stream<JsonNode> parts(JsonNode shape) {
        return Stream.concat(
                shape.path("members").valueStream(),
                Stream.of("member", "key", "value").filter(shape::has).map(shape::get));
    }

    private static Shape shape(String name, JsonNode node) {
        requireKnown(name, node, SHAPE_KEYS);
        String type = node.get("type").asText();
        return switch (type) {
            case "structure" -> structure(name, node);
            case "string" -> node.has("enum")
                    ? new Shape.Enumeration(name, texts(node.get("enum")))
                    : new Shape.Text(name, bounds(node), text(node, "pattern"), isSensitive(name, node));
            case "integer" -> new Shape.Whole(name, bounds(node));
            case "boolean" -> new Shape.Flag(name);
            case "timestamp" -> new Shape.Timestamp(name);
            case "list" -> new Shape.ListOf(name, shapeOf(node.get("member")), bounds(node));
            case "map" -> new Shape.MapOf(name, shapeOf(node.get("key")), shapeOf(node.get("value")), bounds(node));
            default -> throw new IllegalArgumentException(name + " has the unknown type " + type);
        };
    }

    private static boolean isSensitive(String name, JsonNode node) {
        return node.path("sensitive").asBoolean() || ALSO_SENSITIVE.contains(name);
    }

    private static Shape.Structure structure(String name, JsonNode node) {
        List<String> required = texts(node.path("required"));
        List<Shape.Member> members = node.get("members")
                .propertyStream()
                .map(member -> member(member.getKey(), member.getValue(),
                        required.contains(member.getKey()) && !LegacyModel.leavesOut(name, member.getKey())))
                .toList();
        return new Shape.Structure(name, members);
    }

    private static Shape.Member member(String name, JsonNode node, boolean required) {
        requireKnown(name, node, MEMBER_KEYS);
        String wireName = node.path("locationName").asText(name);
        return new Shape.Member(name, node.get("shape").asText(), required, location(text(node, "location")), wireName);
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

    /// The shape that something other than a structure's member refers to.
    private static String shapeOf(JsonNode reference) {
        String name = reference.get("shape").asText();
        requireKnown("a reference to " + name, reference, REFERENCE_KEYS);
        return name;
    }

    private static void requireKnown(String what, JsonNode node, Set<String> known) {
        node.propertyStream().map(Map.Entry::getKey).filter(key -> !known.contains(key)).findFirst().ifPresent(key -> {
            throw new IllegalArgumentException("%s has '%s', which is not supported".formatted(what, key));
        });
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
