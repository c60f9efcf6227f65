package bellframe.api;

import bellframe.api.identity.IdentityOperations;
import bellframe.api.identity.IdentityService;
import bellframe.api.messaging.MessagingOperations;
import bellframe.api.messaging.MessagingService;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// A service's model as the file has it, beside the operation table that was generated from it.
public record ModelFile(JsonNode root, Class<?> service, List<? extends Operation<?, ?, ?>> table) {

    /// Members that the model requires and that of the older `chime` namespace did not, by shape.
    private static final Map<String, String> LEFT_OUT_BY_OLDER_SDKS = Map.of(
            "UpdateAppInstanceRequest", "Metadata",
            "UpdateAppInstanceUserRequest", "Metadata",
            "UpdateChannelMessageRequest", "Content");

    public static final ModelFile MESSAGING = read("chime-sdk-messaging-2021-05-15-model.json", MessagingService.class,
            MessagingOperations.ALL);
    public static final ModelFile IDENTITY = read("chime-sdk-identity-2021-04-20-model.json", IdentityService.class,
            IdentityOperations.ALL);

    private static ModelFile read(String file, Class<?> service, List<? extends Operation<?, ?, ?>> table) {
        try (InputStream model = ModelFile.class.getResourceAsStream("/models/" + file)) {
            JsonNode root = new ObjectMapper().readTree(Objects.requireNonNull(model, file));
            LEFT_OUT_BY_OLDER_SDKS.forEach((shape, member) -> requireLess(root.path("shapes").path(shape), member));
            return new ModelFile(root, service, table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireLess(JsonNode structure, String member) {
        if (structure.path("required") instanceof ArrayNode required) {
            required.removeIf(name -> name.asText().equals(member));
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
