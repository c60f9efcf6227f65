package bellframe.api;

import bellframe.api.identity.IdentityOperations;
import bellframe.api.identity.IdentityService;
import bellframe.api.messaging.MessagingOperations;
import bellframe.api.messaging.MessagingService;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// A service's model as the file has it, beside the operation table that was generated from it.
public record ModelFile(JsonNode root, Class<?> service, List<? extends Operation<?, ?, ?>> table) {

    public static final ModelFile MESSAGING = read("chime-sdk-messaging-2021-05-15-model.json", MessagingService.class,
            MessagingOperations.ALL);
    public static final ModelFile IDENTITY = read("chime-sdk-identity-2021-04-20-model.json", IdentityService.class,
            IdentityOperations.ALL);

    private static ModelFile read(String file, Class<?> service, List<? extends Operation<?, ?, ?>> table) {
        try (InputStream model = ModelFile.class.getResourceAsStream("/models/" + file)) {
            return new ModelFile(new ObjectMapper().readTree(Objects.requireNonNull(model, file)), service, table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Stream<ModelFile> all() {
        return Stream.of(MESSAGING, IDENTITY);
    }

    /// The class that was generated for a shape.
    Class<?> generated(String shapeName) throws ClassNotFoundException {
        return Class.forName(service.getPackageName() + "." + shapeName);
    }

    public JsonNode operation(String name) {
        return root.get("operations").get(name);
    }

    public JsonNode shape(String name) {
        return Objects.requireNonNull(root.get("shapes").get(name), name);
    }

    /// The shape of a member, an item, a key or a value.
    public static String shapeOf(JsonNode reference) {
        return reference.get("shape").asText();
    }

    public JsonNode input(Operation<?, ?, ?> operation) {
        return shape(shapeOf(operation(operation.name()).get("input")));
    }

    List<Map.Entry<String, JsonNode>> members(JsonNode structure) {
        return List.copyOf(structure.get("members").properties());
    }

    List<String> required(JsonNode structure) {
        return structure.path("required").valueStream().map(JsonNode::asText).toList();
    }

    static String type(JsonNode shape) {
        return shape.has("enum") ? "enum" : shape.get("type").asText();
    }

    @Override
    public String toString() {
        return service.getSimpleName();
    }
}
