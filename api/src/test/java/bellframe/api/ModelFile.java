package bellframe.api;

import bellframe.api.iam.IamOperations;
import bellframe.api.iam.IamService;
import bellframe.api.identity.IdentityOperations;
import bellframe.api.identity.IdentityService;
import bellframe.api.messaging.MessagingOperations;
import bellframe.api.messaging.MessagingService;
import bellframe.api.sts.StsOperations;
import bellframe.api.sts.StsService;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
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
    static final ModelFile IAM = read("iam-2010-05-08-model.json", IamService.class, FormRow.of(IamOperations.SERVICE));
    static final ModelFile STS = read("sts-2011-06-15-model.json", StsService.class, FormRow.of(StsOperations.SERVICE));

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

    /// The models of which every operation is there.
    public static Stream<ModelFile> all() {
        return Stream.of(MESSAGING, IDENTITY);
    }

    /// The models of the Query protocol, with the operations that are there.
    static Stream<ModelFile> ofQuery() {
        return Stream.of(IAM, STS);
    }

    boolean isOfQuery() {
        return root.at("/metadata/protocol").asText().equals("query");
    }

    /// The class that was generated for a shape.
    Class<?> generated(String shapeName) throws ClassNotFoundException {
        String name = shapeName.substring(0, 1).toUpperCase(Locale.ROOT) + shapeName.substring(1);
        return Class.forName(service.getPackageName() + "." + name);
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
