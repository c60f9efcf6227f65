package bellframe.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Valid and invalid values for the shapes of a model.
public record Samples(ModelFile model) {

    static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final String USER_ARN = "arn:aws:chime:us-east-1:123456789012:app-instance/a/user/";
    /// With so many characters more, the part of the ARN behind its colons is as long as may be.
    private static final int USER_ID_CHARS = 1024 - "app-instance/a/user/".length();

    /// What each pattern of the models accepts and refuses; the lengths are legal everywhere.
    static final Map<String, Pattern> PATTERNS = Map.of(
            "arn:[a-z0-9-\\.]{1,63}:[a-z0-9-\\.]{0,63}:[a-z0-9-\\.]{0,63}:[a-z0-9-\\.]{0,63}:[^/].{0,1023}",
            new Pattern(
                    List.of("arn:aws:chime:us-east-1:123456789012:app-instance/a/user/b", "arn:a::::xy", "arn:a::::x\n",
                            "arn:a::::" + "x".repeat(1024), "arn:a::::\uD83D\uDE00:",
                            USER_ARN + "b".repeat(USER_ID_CHARS)),
                    List.of("app-instance", "arn:a::::/x", "arn:a:::x", "arn:A::::xy", "arn:a::::" + "x".repeat(1025),
                            " arn:a::::xy", "arn:::::xy", "arn:a:" + "x".repeat(64) + ":::x",
                            USER_ARN + "b".repeat(USER_ID_CHARS + 1),
                            USER_ARN.replace("aws", "a".repeat(64)) + "b")),
            "[A-Za-z0-9]([A-Za-z0-9\\:\\-\\_\\.\\@]{0,62}[A-Za-z0-9])?",
            new Pattern(List.of("a", "a:-_.@9", "9".repeat(64)), List.of("_a", "a_", "a b", "a\n", "-")),
            "[-_a-zA-Z0-9]*",
            new Pattern(List.of("-_aZ9", "aa"), List.of("a b", "a\n", "\u00E9\u00E9", "aa.")),
            "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]*",
            new Pattern(List.of("\t\n\r ~", "\uD7FF\uE000\uFFFD", "\uD800\uDC00\uDBFF\uDFFF"),
                    List.of("a\u0000", "\u001F", "\u007F", "\u009F", "\uFFFE", "\u0084")),
            "arn:aws:lambda:[a-z]{2}-[a-z]+-\\d{1}:\\d{12}:function:[a-zA-Z0-9\\-_\\.]+(:(\\$LATEST|[a-zA-Z0-9\\-_]+))?",
            new Pattern(
                    List.of("arn:aws:lambda:us-east-1:123456789012:function:f",
                            "arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST",
                            "arn:aws:lambda:us-east-1:123456789012:function:f.g:v_1"),
                    List.of("arn:aws:lambda:us-east-1:12345678901:function:f",
                            "arn:aws:lambda:us-east-1:123456789012:function:f:",
                            "arn:aws:lambda:us-east-1:123456789012:function:f:$OTHER")),
            "arn:aws:lex:[a-z]{2}-[a-z]+-\\d{1}:\\d{12}:bot-alias/[A-Z0-9]{10}/[A-Z0-9]{10}",
            new Pattern(List.of("arn:aws:lex:us-east-1:123456789012:bot-alias/ABCDEFGHI1/ABCDEFGHI2"),
                    List.of("arn:aws:lex:us-east-1:123456789012:bot-alias/ABCDEFGHI1/abcdefghi2")),
            "^([A-Za-z]_?)+$",
            new Pattern(List.of("a", "Book_Hotel_", "aB"), List.of("_a", "a__b", "a1", "a\n")),
            ".*\\S.*",
            new Pattern(List.of("a", " a ", "\n.\n", "\uD83D\uDE00"), List.of(" ", "\n\t ")));

    /// Values that a pattern accepts and refuses.
    record Pattern(List<String> accepted, List<String> refused) {
    }

    /// The pattern of a string shape, unless every value matches it.
    static @Nullable Pattern pattern(JsonNode shape) {
        String regex = shape.path("pattern").asText(".*");
        return regex.equals(".*") || regex.equals("[\\s\\S]*") ? null : PATTERNS.get(regex);
    }

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
        Pattern pattern = pattern(shape);
        return pattern == null ? "x".repeat(Math.max(1, shape.path("min").asInt(1))) : pattern.accepted().getFirst();
    }
}
