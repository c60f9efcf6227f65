package bellframe.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Values just inside and just outside the constraints of a place, taken from the model file.
public final class Trials {

    private static final String EMOJI = "\uD83D\uDE00";
    private static final List<String> FILLERS = List.of("q", EMOJI);

    private Trials() {
    }

    /// Every trial of every place in an operation's input.
    public static Stream<Trial> of(ModelFile model, Operation<?, ?, ?> operation) {
        return Stream.concat(missing(InputPlace.input(model, operation)),
                InputPlace.in(model, operation).flatMap(Trials::of));
    }

    private static Stream<Trial> of(InputPlace place) {
        return Stream.concat(constraints(place), representations(place));
    }

    /// Those of the constraint that the model has on the type of the place.
    static Stream<Trial> constraints(InputPlace place) {
        return switch (place.type()) {
            case "string" -> Stream.concat(lengths(place), patterns(place));
            case "integer" -> numbers(place);
            case "list" -> sizes(place);
            case "enum" -> enumValues(place);
            case "structure" -> missing(place);
            case "timestamp" -> timestamps(place);
            case "boolean", "map" -> Stream.empty();
            default -> throw new IllegalArgumentException(place.type());
        };
    }

    /// Lengths in code points, with characters of one and of two UTF-16 units.
    static Stream<Trial> lengths(InputPlace place) {
        return FILLERS.stream()
                .flatMap(filler -> bounds(place, "length", length -> Samples.JSON.textNode(filler.repeat(length)),
                        true));
    }

    static Stream<Trial> numbers(InputPlace place) {
        return bounds(place, "value", Samples.JSON::numberNode, false);
    }

    static Stream<Trial> sizes(InputPlace place) {
        return bounds(place, "size", size -> listOf(place, size), false);
    }

    private static ArrayNode listOf(InputPlace place, int size) {
        String item = ModelFile.shapeOf(place.shape().get("member"));
        var samples = new Samples(place.model());
        return Samples.JSON.arrayNode()
                .addAll(IntStream.range(0, size).mapToObj(_ -> samples.value(item, false)).toList());
    }

    private static Stream<Trial> bounds(InputPlace place, String what, IntFunction<JsonNode> value,
            boolean beforePattern) {
        Stream.Builder<Trial> trials = Stream.builder();
        if (place.shape().has("min")) {
            int min = place.shape().get("min").asInt();
            if (min > 0 || what.equals("value")) {
                trials.add(Trial.broken(place, value.apply(min - 1), what + " must be at least " + min));
            }
            trials.add(within(place, value.apply(min), beforePattern));
        }
        if (place.shape().has("max")) {
            int max = place.shape().get("max").asInt();
            trials.add(Trial.broken(place, value.apply(max + 1), what + " must be at most " + max));
            trials.add(within(place, value.apply(max), beforePattern));
        }
        return trials.build();
    }

    private static Trial within(InputPlace place, JsonNode value, boolean beforePattern) {
        return beforePattern ? Trial.legalUnlessPatternBroken(place, value) : Trial.legal(place, value);
    }

    static boolean hasPattern(InputPlace place) {
        return !List.of("", ".*", "[\\s\\S]*").contains(place.shape().path("pattern").asText());
    }

    static Stream<Trial> patterns(InputPlace place) {
        if (!hasPattern(place)) {
            return Stream.empty();
        }
        String regex = place.shape().get("pattern").asText();
        PatternSamples pattern = Objects.requireNonNull(PatternSamples.ALL.get(regex), regex);
        return Stream.concat(
                pattern.accepted().stream().map(text -> Trial.legal(place, Samples.JSON.textNode(text))),
                pattern.refused().stream().map(text -> Trial.brokenBeginning(place, Samples.JSON.textNode(text), "")));
    }

    static Stream<Trial> enumValues(InputPlace place) {
        return Stream.concat(
                place.shape().get("enum").valueStream().map(value -> Trial.legal(place, value)),
                Stream.of("NO_SUCH_VALUE", "", "unrestricted")
                        .map(text -> Trial.brokenBeginning(place, Samples.JSON.textNode(text), "must be one of ")));
    }

    /// The structure at the place without each of its required members.
    static Stream<Trial> missing(InputPlace structure) {
        return structure.model().required(structure.shape()).stream().map(required -> {
            ObjectNode incomplete = new Samples(structure.model()).minimal(structure.shape());
            incomplete.remove(required);
            return Trial.without(structure, incomplete, required);
        });
    }

    static Stream<Trial> timestamps(InputPlace place) {
        return Stream.concat(
                Stream.of("2024-01-02T03:04:05Z", "2024-01-02T03:04:05.678Z", "2024-01-02T03:04:05.678901234Z",
                        "2024-01-02T04:04:05.678+01:00", "1704164645", "1704164645.678", "1.704164645678E9")
                        .map(text -> Trial.legal(place, Samples.JSON.textNode(text))),
                Stream.of("", "yesterday", "2024-01-02", "2024-13-02T03:04:05Z", "2024-01-02T03:04:05",
                        "10000-01-01T00:00:00Z", "1704164645678")
                        .map(text -> Trial.broken(place, Samples.JSON.textNode(text), "must be a timestamp")));
    }

    /// Values of the wrong type for where they stand: in JSON, or as the text of a query parameter.
    static Stream<Trial> representations(InputPlace place) {
        if (place.kind() == InputPlace.Kind.MAP_KEY) {
            return Stream.empty();
        }
        if (place.inBody()) {
            return Stream.concat(
                    wrongTypes(place.type()).map(wrong -> Trial.brokenBeginning(place, wrong, "must be ")),
                    Stream.of(nothing(place)));
        }
        return place.type().equals("integer")
                ? Stream.of("", "x", "1.5", "1e1", " 1", "2147483648")
                        .map(text -> Trial.broken(place, Samples.JSON.textNode(text), "must be a whole number"))
                : Stream.empty();
    }

    /// An explicit null, which is the same as nothing.
    private static Trial nothing(InputPlace place) {
        JsonNode nothing = Samples.JSON.nullNode();
        return switch (place.kind()) {
            case REQUIRED_MEMBER -> Trial.broken(place, nothing, "is required");
            case OPTIONAL_MEMBER -> Trial.legal(place, nothing);
            case ITEM, MAP_VALUE -> Trial.broken(place, nothing, "must not be null");
            case INPUT, MAP_KEY -> throw new IllegalArgumentException(place.toString());
        };
    }

    private static Stream<JsonNode> wrongTypes(String type) {
        JsonNode text = Samples.JSON.textNode("1");
        JsonNode number = Samples.JSON.numberNode(1);
        JsonNode fraction = Samples.JSON.numberNode(1.5);
        JsonNode big = Samples.JSON.numberNode(1L << 31);
        JsonNode flag = Samples.JSON.booleanNode(true);
        JsonNode list = Samples.JSON.arrayNode().add("1");
        JsonNode object = Samples.JSON.objectNode().put("Key", "1");
        return switch (type) {
            case "string", "enum" -> Stream.of(number, fraction, flag, list, object);
            case "integer" -> Stream.of(text, fraction, big, flag, list, object);
            case "boolean" -> Stream.of(text, number, list, object);
            case "timestamp" -> Stream.of(text, flag, list, object);
            case "list" -> Stream.of(text, number, flag, object);
            case "map", "structure" -> Stream.of(text, number, flag, list);
            default -> throw new IllegalArgumentException(type);
        };
    }
}
