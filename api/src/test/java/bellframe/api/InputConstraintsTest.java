package bellframe.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each constraint of the models, just inside and just outside, through the whole input of each operation.
///
/// The constraints are taken from the model files, not from what was generated.
class InputConstraintsTest {

    private static final String EMOJI = "\uD83D\uDE00";

    /// What the model requires and that of the `chime` namespace did not.
    private static final Set<String> LEFT_OUT_BY_OLDER_SDKS = Set.of("UpdateAppInstance.Metadata",
            "UpdateAppInstanceUser.Metadata", "UpdateChannelMessage.Content");

    /// A value somewhere in an operation's input.
    ///
    /// @param path how messages name it
    /// @param with the whole input, minimal but for this value
    record Place(
            ModelFile model,
            Operation<?, ?, ?> operation,
            String path,
            String shapeName,
            boolean inBody,
            Function<JsonNode, ObjectNode> with) {

        JsonNode shape() {
            return model.shape(shapeName);
        }

        RequestParts request(JsonNode value) {
            return RequestParts.of(model, operation, with.apply(value));
        }

        @Override
        public String toString() {
            return operation.name() + " " + path;
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void theSmallestInputIsAccepted(ModelFile model, Operation<?, ?, ?> operation) {
        ObjectNode input = new Samples(model).minimal(model.input(operation));

        assertThatCode(() -> accept(operation, RequestParts.of(model, operation, input))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anInputWithEveryMemberIsAccepted(ModelFile model, Operation<?, ?, ?> operation) {
        ObjectNode input = new Samples(model).full(model.input(operation));

        assertThatCode(() -> accept(operation, RequestParts.of(model, operation, input))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("strings")
    void lengthsAreCountedInCodePointsAndBoundInclusively(Place place) {
        JsonNode shape = place.shape();
        if (shape.has("min")) {
            int min = shape.get("min").asInt();
            checkLength(place, min - 1, "length must be at least " + min);
            assertLengthIsLegal(place, min);
        }
        if (shape.has("max")) {
            int max = shape.get("max").asInt();
            checkLength(place, max + 1, "length must be at most " + max);
            assertLengthIsLegal(place, max);
        }
    }

    private static void checkLength(Place place, int length, String rule) {
        if (length >= 0) {
            assertRefused(place, Samples.JSON.textNode("q".repeat(length)), rule);
            assertRefused(place, Samples.JSON.textNode(EMOJI.repeat(length)), rule);
        }
    }

    /// The value may still break the pattern, which is checked after the length.
    private static void assertLengthIsLegal(Place place, int length) {
        for (String filler : List.of("q", EMOJI)) {
            Throwable refusal = refusal(place, Samples.JSON.textNode(filler.repeat(length)));
            if (Samples.pattern(place.shape()) == null) {
                assertThat(refusal).isNull();
            } else if (refusal != null) {
                assertThat(refusal).hasMessageStartingWith(place.path() + ": must match the pattern ");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("patterned")
    void patternsMatchTheWholeValue(Place place) {
        String regex = place.shape().get("pattern").asText();
        Samples.Pattern pattern = Objects.requireNonNull(Samples.PATTERNS.get(regex), regex);
        for (String value : pattern.accepted()) {
            assertThat(refusal(place, Samples.JSON.textNode(value))).as(value).isNull();
        }
        for (String value : pattern.refused()) {
            assertThat(refusal(place, Samples.JSON.textNode(value))).as(value)
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageStartingWith(place.path() + ": ");
        }
    }

    @ParameterizedTest
    @MethodSource("integers")
    void numbersAreBoundInclusively(Place place) {
        JsonNode shape = place.shape();
        if (shape.has("min")) {
            int min = shape.get("min").asInt();
            assertRefused(place, Samples.JSON.numberNode(min - 1), "value must be at least " + min);
            assertThat(refusal(place, Samples.JSON.numberNode(min))).isNull();
        }
        if (shape.has("max")) {
            int max = shape.get("max").asInt();
            assertRefused(place, Samples.JSON.numberNode(max + 1), "value must be at most " + max);
            assertThat(refusal(place, Samples.JSON.numberNode(max))).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("lists")
    void listSizesAreBoundInclusively(Place place) {
        JsonNode shape = place.shape();
        if (shape.has("min")) {
            int min = shape.get("min").asInt();
            assertRefused(place, listOf(place, min - 1), "size must be at least " + min);
            assertThat(refusal(place, listOf(place, min))).isNull();
        }
        if (shape.has("max")) {
            int max = shape.get("max").asInt();
            assertRefused(place, listOf(place, max + 1), "size must be at most " + max);
            assertThat(refusal(place, listOf(place, max))).isNull();
        }
    }

    private static ArrayNode listOf(Place place, int size) {
        String item = ModelFile.shapeOf(place.shape().get("member"));
        var samples = new Samples(place.model());
        return Samples.JSON.arrayNode()
                .addAll(IntStream.range(0, size).mapToObj(_ -> samples.value(item, false)).toList());
    }

    @ParameterizedTest
    @MethodSource("enums")
    void everyValueOfAnEnumIsKnownAndNoOther(Place place) {
        for (JsonNode value : place.shape().get("enum")) {
            assertThat(refusal(place, value)).as(value.asText()).isNull();
        }
        for (String value : List.of("NO_SUCH_VALUE", "", "unrestricted")) {
            assertThat(refusal(place, Samples.JSON.textNode(value))).isInstanceOf(InvalidInput.class)
                    .hasMessageStartingWith(place.path() + ": must be one of ");
        }
    }

    @ParameterizedTest
    @MethodSource("structures")
    void requiredMembersMustBePresent(Place place) {
        JsonNode structure = place.shape();
        for (String required : place.model().required(structure)) {
            ObjectNode incomplete = new Samples(place.model()).minimal(structure);
            incomplete.remove(required);
            String path = place.path().isEmpty() ? required : place.path() + "." + required;
            if (LEFT_OUT_BY_OLDER_SDKS.contains(place.operation().name() + "." + path)) {
                assertThatCode(() -> accept(place.operation(), place.request(incomplete))).doesNotThrowAnyException();
                continue;
            }

            assertThatExceptionOfType(InvalidInput.class)
                    .isThrownBy(() -> accept(place.operation(), place.request(incomplete)))
                    .withMessage(path + ": is required");
        }
    }

    @ParameterizedTest
    @MethodSource("inBody")
    void aValueOfTheWrongJsonTypeIsRefused(Place place) {
        for (JsonNode wrong : wrongTypes(ModelFile.type(place.shape()))) {
            assertThat(refusal(place, wrong)).as(wrong.toString())
                    .isInstanceOf(InvalidInput.class)
                    .hasMessageStartingWith(place.path() + ": must be ");
        }
    }

    private static List<JsonNode> wrongTypes(String type) {
        JsonNode text = Samples.JSON.textNode("1");
        JsonNode number = Samples.JSON.numberNode(1);
        JsonNode fraction = Samples.JSON.numberNode(1.5);
        JsonNode big = Samples.JSON.numberNode(1L << 31);
        JsonNode flag = Samples.JSON.booleanNode(true);
        JsonNode list = Samples.JSON.arrayNode().add("1");
        JsonNode object = Samples.JSON.objectNode().put("Key", "1");
        return switch (type) {
            case "string", "enum" -> List.of(number, fraction, flag, list, object);
            case "integer" -> List.of(text, fraction, big, flag, list, object);
            case "boolean" -> List.of(text, number, list, object);
            case "timestamp" -> List.of(text, flag, list, object);
            case "list" -> List.of(text, number, flag, object);
            case "map", "structure" -> List.of(text, number, flag, list);
            default -> throw new IllegalArgumentException(type);
        };
    }

    @ParameterizedTest
    @MethodSource("operations")
    void sensitiveValuesDoNotShowInTheInputsText(ModelFile model, Operation<?, ?, ?> operation) {
        String value = "a value like no other";
        places(model, operation).filter(ofType("string")).forEach(place -> {
            String text = String.valueOf(operation.reader().read(place.request(Samples.JSON.textNode(value))));

            if (place.shape().path("sensitive").asBoolean()) {
                assertThat(text).as(place.path()).contains("***").doesNotContain(value);
            } else {
                assertThat(text).as(place.path()).contains(value);
            }
        });
    }

    static Stream<Object[]> operations() {
        return ModelFile.all()
                .flatMap(model -> model.table().stream().map(operation -> new Object[]{model, operation}));
    }

    static Stream<Place> strings() {
        return places().filter(ofType("string"));
    }

    static Stream<Place> patterned() {
        return strings()
                .filter(place -> !List.of("", ".*", "[\\s\\S]*").contains(place.shape().path("pattern").asText()));
    }

    static Stream<Place> integers() {
        return places().filter(ofType("integer"));
    }

    static Stream<Place> lists() {
        return places().filter(ofType("list"));
    }

    static Stream<Place> enums() {
        return places().filter(ofType("enum"));
    }

    static Stream<Place> structures() {
        Stream<Place> inputs = ModelFile.all()
                .flatMap(model -> model.table()
                        .stream()
                        .map(operation -> new Place(model, operation, "", inputShape(model, operation), false,
                                ObjectNode.class::cast)));
        return Stream.concat(inputs, places().filter(ofType("structure")));
    }

    private static String inputShape(ModelFile model, Operation<?, ?, ?> operation) {
        return ModelFile.shapeOf(model.operation(operation.name()).get("input"));
    }

    /// Keys are strings by the nature of JSON.
    static Stream<Place> inBody() {
        return places().filter(place -> place.inBody() && !place.path().endsWith(".key"));
    }

    private static Predicate<Place> ofType(String type) {
        return place -> ModelFile.type(place.shape()).equals(type);
    }

    private static Stream<Place> places() {
        return ModelFile.all()
                .flatMap(model -> model.table().stream().flatMap(operation -> places(model, operation)));
    }

    private static Stream<Place> places(ModelFile model, Operation<?, ?, ?> operation) {
        List<Place> found = new ArrayList<>();
        collectMembers(new Place(model, operation, "", inputShape(model, operation), false, ObjectNode.class::cast),
                found);
        return found.stream();
    }

    private static void collectMembers(Place structure, List<Place> found) {
        ObjectNode minimal = new Samples(structure.model()).minimal(structure.shape());
        for (Map.Entry<String, JsonNode> member : structure.model().members(structure.shape())) {
            String prefix = structure.path().isEmpty() ? "" : structure.path() + ".";
            collect(new Place(structure.model(), structure.operation(), prefix + member.getKey(),
                    ModelFile.shapeOf(member.getValue()), !member.getValue().has("location"),
                    value -> structure.with().apply(minimal.deepCopy().set(member.getKey(), value))), found);
        }
    }

    private static void collect(Place place, List<Place> found) {
        found.add(place);
        JsonNode shape = place.shape();
        switch (ModelFile.type(shape)) {
            case "structure" -> collectMembers(place, found);
            case "list" ->
                collect(part(place, "[0]", shape.get("member"), value -> Samples.JSON.arrayNode().add(value)), found);
            case "map" -> {
                JsonNode sample = new Samples(place.model()).value(ModelFile.shapeOf(shape.get("value")), false);
                collect(part(place, "[0].key", shape.get("key"),
                        value -> Samples.JSON.objectNode().set(value.asText(), sample)), found);
                collect(part(place, "[0].value", shape.get("value"),
                        value -> Samples.JSON.objectNode().set("k", value)), found);
            }
            default -> assertThat(ModelFile.type(shape)).isIn("string", "enum", "integer", "boolean", "timestamp");
        }
    }

    private static Place part(Place whole, String step, JsonNode reference, Function<JsonNode, JsonNode> wrap) {
        return new Place(whole.model(), whole.operation(), whole.path() + step, ModelFile.shapeOf(reference),
                whole.inBody(),
                value -> whole.with().apply(wrap.apply(value)));
    }

    private static void assertRefused(Place place, JsonNode value, String rule) {
        assertThat(refusal(place, value)).isInstanceOf(InvalidInput.class).hasMessage(place.path() + ": " + rule);
    }

    private static @Nullable Throwable refusal(Place place, JsonNode value) {
        return catchThrowable(() -> accept(place.operation(), place.request(value)));
    }

    private static <I> void accept(Operation<?, I, ?> operation, Input request) {
        operation.validator().validate(operation.reader().read(request));
    }
}
