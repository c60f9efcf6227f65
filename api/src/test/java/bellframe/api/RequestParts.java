package bellframe.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parts of a request, and how an input given as one JSON object is spread over them.
public record RequestParts(
        Map<String, String> labels,
        Map<String, String> queries,
        Map<String, String> headers,
        byte[] body)
        implements
            Input {

    public static RequestParts of(ModelFile model, Operation<?, ?, ?> operation, ObjectNode members) {
        Map<String, String> labels = new HashMap<>();
        Map<String, String> queries = new HashMap<>();
        Map<String, String> headers = new HashMap<>();
        ObjectNode body = Samples.JSON.objectNode();
        members.properties().forEach(entry -> {
            JsonNode member = model.input(operation).get("members").get(entry.getKey());
            String wireName = member.path("locationName").asText(entry.getKey());
            switch (member.path("location").asText("body")) {
                case "uri" -> labels.put(wireName, entry.getValue().asText());
                case "querystring" -> queries.put(wireName, queryText(model, member, entry.getValue()));
                case "header" -> headers.put(wireName, entry.getValue().asText());
                case "body" -> body.set(wireName, entry.getValue());
                default -> throw new IllegalArgumentException(entry.getKey());
            }
        });
        return new RequestParts(labels, queries, headers, bytes(model, body));
    }

    private static byte[] bytes(ModelFile model, ObjectNode body) {
        if (model.isOfQuery()) {
            return FormFields.of(body).bytes();
        }
        return body.isEmpty() ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String queryText(ModelFile model, JsonNode member, JsonNode value) {
        boolean timestamp = ModelFile.type(model.shape(ModelFile.shapeOf(member))).equals("timestamp");
        return timestamp && value.isNumber() ? iso(value.decimalValue()) : value.asText();
    }

    private static String iso(BigDecimal seconds) {
        return Instant.ofEpochMilli(seconds.movePointRight(3).longValueExact()).toString();
    }

    @Override
    public @Nullable String label(String name) {
        return labels.get(name);
    }

    @Override
    public @Nullable String query(String name) {
        return queries.get(name);
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
    }
}
