package bellframe.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/// Random inputs of every Query operation, spelled in every way that a form allows, read back as the record that they
/// stand for; random outputs, read back by a general XML reader; and spoiled forms, which are read or refused.
///
/// A failure prints its seed; `-Dbellframe.seed=…` runs it again.
class QueryFuzzTest {

    private static final int ROUNDS = Boolean.getBoolean("bellframe.long") ? 10_000 : 100;
    private static final List<String> PIECES = List.of("&", "=", "%", "+", ".", "member", ".member.1", "Tags.", "%00",
            "%ff", "%2", "&&", "UserName=", "é", "\0", "member.0", "member.99999999999", "Tags=", "&x=&x=");
    private static final String TEXTS = "aZ09-_.~ +&=%;#<>\"'\t\n\r/\0\u0001\u007F\u00E9\u6F22\uFFFD\uFFFE";
    private static final int ITEMS_MAX = 12;

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final Mutation mutation = new Mutation(random, PIECES);

    @BeforeEach
    void printSeed() {
        System.out.println("QueryFuzzTest seed " + seed);
    }

    @Test
    void inputsAreReadAsWhatTheyStandFor() throws Exception {
        for (QueryTableTest.Row row : QueryTableTest.rows().toList()) {
            String shape = ModelFile.shapeOf(row.expected().get("input"));
            for (int i = 0; i < ROUNDS; i++) {
                ObjectNode input = structure(row.model(), row.model().shape(shape));
                byte[] form = spelled(FormFields.of(input, numbering()));

                Object read = row.operation().reader().read(QueryForm.parse(form).input());

                assertThat(read).as("seed %d, %s", seed, new String(form, StandardCharsets.UTF_8))
                        .isEqualTo(Records.of(row.model(), shape, input));
            }
        }
    }

    @Test
    void outputsAreReadBackByAGeneralReader() throws Exception {
        for (QueryTableTest.Row row : QueryTableTest.rows().filter(QueryTableTest.Row::hasOutput).toList()) {
            String shape = ModelFile.shapeOf(row.expected().get("output"));
            for (int i = 0; i < ROUNDS; i++) {
                ObjectNode output = structure(row.model(), row.model().shape(shape));

                Element root = XmlTree.root(answer(row, Records.of(row.model(), shape, output)));

                assertThat(root.getNamespaceURI()).isEqualTo(row.service().xmlNamespace());
                Element result = XmlTree.children(root).getFirst();
                assertThat(result.getLocalName()).isEqualTo(row.operation().name() + "Result");
                assertThat(new XmlTree(row.model()).read(shape, result)).as("seed %d, %s", seed, row)
                        .isEqualTo(written(row.model(), shape, output));
            }
        }
    }

    @Test
    void spoiledFormsAreReadOrRefused() {
        int values = 0;
        for (QueryTableTest.Row row : QueryTableTest.rows().toList()) {
            JsonNode shape = row.model().shape(ModelFile.shapeOf(row.expected().get("input")));
            for (int i = 0; i < ROUNDS; i++) {
                byte[] form = mutation.changed(spelled(FormFields.of(structure(row.model(), shape), numbering())));
                values += isRead(row.operation(), form) ? 1 : 0;
            }
        }
        assertThat(values).as("some forms can still be read, seed %d", seed).isPositive();
    }

    private boolean isRead(QueryOperation<?, ?, ?> operation, byte[] form) {
        try {
            assertThat((Object) operation.reader().read(QueryForm.parse(form).input())).isNotNull();
            return true;
        } catch (InvalidInput refused) {
            assertThat(refused.getMessage()).as("seed %d", seed).isNotEmpty();
            return false;
        }
    }

    @SuppressWarnings("unchecked") // The table does not say which operation answers with which record.
    private static byte[] answer(QueryTableTest.Row row, Object output) {
        return new QueryAnswer(row.service().xmlNamespace(), "r")
                .success((QueryOperation<?, ?, Object>) row.operation(), output);
    }

    /// What of a value arrives: whole seconds, and no characters that XML cannot hold.
    private static JsonNode written(ModelFile model, String shapeName, JsonNode value) {
        JsonNode shape = model.shape(shapeName);
        return switch (ModelFile.type(shape)) {
            case "structure" -> {
                ObjectNode written = Samples.JSON.objectNode();
                value.properties()
                        .forEach(member -> written.set(member.getKey(), written(model,
                                ModelFile.shapeOf(shape.get("members").get(member.getKey())), member.getValue())));
                yield written;
            }
            case "list" -> {
                ArrayNode written = Samples.JSON.arrayNode();
                value.forEach(item -> written.add(written(model, ModelFile.shapeOf(shape.get("member")), item)));
                yield written;
            }
            case "timestamp" -> Samples.JSON.textNode(Instant.ofEpochSecond(value.longValue()).toString());
            default -> Samples.JSON.textNode(held(value.asText()));
        };
    }

    private static String held(String text) {
        var held = new StringBuilder();
        text.codePoints()
                .map(codePoint -> XmlOutputTest.isXmlCharacter(codePoint) ? codePoint : 0xFFFD)
                .forEach(held::appendCodePoint);
        return held.toString();
    }

    /// A structure with its required members and some of the others.
    private ObjectNode structure(ModelFile model, JsonNode shape) {
        ObjectNode object = Samples.JSON.objectNode();
        List<String> required = model.required(shape);
        for (Map.Entry<String, JsonNode> member : model.members(shape)) {
            if (required.contains(member.getKey()) || random.nextBoolean()) {
                object.set(member.getKey(), value(model, ModelFile.shapeOf(member.getValue())));
            }
        }
        return object;
    }

    private JsonNode value(ModelFile model, String shapeName) {
        JsonNode shape = model.shape(shapeName);
        return switch (ModelFile.type(shape)) {
            case "structure" -> structure(model, shape);
            case "list" -> {
                ArrayNode array = Samples.JSON.arrayNode();
                for (int items = random.nextInt(ITEMS_MAX); items > 0; items--) {
                    array.add(value(model, ModelFile.shapeOf(shape.get("member"))));
                }
                yield array;
            }
            case "enum" -> Objects.requireNonNull(shape.get("enum").get(random.nextInt(shape.get("enum").size())));
            case "string" -> Samples.JSON.textNode(text());
            case "integer" -> Samples.JSON.numberNode(random.nextInt());
            case "boolean" -> Samples.JSON.booleanNode(random.nextBoolean());
            case "timestamp" -> Samples.JSON.numberNode(BigDecimal.valueOf(random.nextLong(1L << 42), 3));
            default -> throw new IllegalArgumentException(shapeName);
        };
    }

    private String text() {
        var text = new StringBuilder();
        for (int length = random.nextInt(8); length > 0; length--) {
            text.appendCodePoint(
                    random.nextInt(8) == 0
                            ? 0x10000 + random.nextInt(0x100000)
                            : TEXTS.codePointAt(
                                    random.nextInt(TEXTS.length())));
        }
        return text.toString();
    }

    /// Indices that rise from a random one in random steps.
    private IntUnaryOperator numbering() {
        int first = 1 + random.nextInt(20);
        int step = 1 + random.nextInt(9);
        return position -> first + position * step;
    }

    /// The fields in any order, each byte as itself or escaped where the form leaves the choice.
    private byte[] spelled(FormFields fields) {
        var body = new ByteArrayOutputStream();
        List<Map.Entry<String, String>> shuffled = new ArrayList<>(fields.values().entrySet());
        Collections.shuffle(shuffled, random);
        for (Map.Entry<String, String> field : shuffled) {
            spell(field.getKey(), body);
            body.write('=');
            spell(field.getValue(), body);
            body.write('&');
        }
        return body.toByteArray();
    }

    private void spell(String text, ByteArrayOutputStream body) {
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            if (unit == ' ' && random.nextBoolean()) {
                body.write('+');
            } else if (" +&=%".indexOf(unit) >= 0 || random.nextInt(4) == 0) {
                body.writeBytes((random.nextBoolean() ? "%%%02x" : "%%%02X").formatted(unit)
                        .getBytes(StandardCharsets.US_ASCII));
            } else {
                body.write(unit);
            }
        }
    }
}
