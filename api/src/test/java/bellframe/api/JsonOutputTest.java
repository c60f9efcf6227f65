package bellframe.api;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.api.messaging.ChannelMessage;
import bellframe.api.messaging.ChannelSummary;
import bellframe.api.messaging.ListChannelsResponse;
import bellframe.api.messaging.MessagingJson;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonOutputTest {

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    static Stream<Object[]> operationsWithOutput() {
        return InputConstraintsTest.operations()
                .filter(row -> ((ModelFile) row[0]).operation(((Operation<?, ?, ?>) row[1]).name()).has("output"));
    }

    @ParameterizedTest
    @MethodSource("operationsWithOutput")
    void everyMemberIsWrittenInTheOrderOfTheModel(ModelFile model, Operation<?, ?, ?> operation) throws Exception {
        String shapeName = ModelFile.shapeOf(model.operation(operation.name()).get("output"));
        JsonNode expected = new Samples(model).full(model.shape(shapeName));

        String written = write(operation, record(model, shapeName, expected));

        assertThat(written).isEqualTo(MAPPER.writeValueAsString(expected));
    }

    @ParameterizedTest
    @MethodSource("operationsWithOutput")
    void absentMembersAreLeftOut(ModelFile model, Operation<?, ?, ?> operation) throws Exception {
        String shapeName = ModelFile.shapeOf(model.operation(operation.name()).get("output"));

        assertThat(write(operation, record(model, shapeName, Samples.JSON.objectNode()))).isEqualTo("{}");
    }

    @Test
    void anEmptyListIsWritten() {
        assertThat(write(json -> MessagingJson.write(json, TimestampFormat.EPOCH_SECONDS,
                ListChannelsResponse.builder().channels(List.of()).build()))).isEqualTo("{\"Channels\":[]}");
    }

    @Test
    void timestampsStandInTheFormatAskedFor() {
        var message = ChannelMessage.builder().createdTimestamp(Instant.parse("2021-06-03T16:26:31.013Z")).build();

        assertThat(write(json -> MessagingJson.write(json, TimestampFormat.EPOCH_SECONDS, message)))
                .isEqualTo("{\"CreatedTimestamp\":1622737591.013}");
        assertThat(write(json -> MessagingJson.write(json, TimestampFormat.ISO_8601, message)))
                .isEqualTo("{\"CreatedTimestamp\":\"2021-06-03T16:26:31.013Z\"}");
    }

    @Test
    void aRecordCannotBeChangedThroughTheListItWasMadeFrom() {
        var channels = new ArrayList<ChannelSummary>();
        ListChannelsResponse response = ListChannelsResponse.builder().channels(channels).build();

        channels.add(ChannelSummary.builder().build());

        assertThat(response.channels()).isEmpty();
        assertThat(response.channels()).isUnmodifiable();
    }

    /// Builds the record that stands for a JSON object.
    private static Object record(ModelFile model, String shapeName, JsonNode object) throws Exception {
        Class<?> type = model.generated(shapeName);
        Object builder = type.getMethod("builder").invoke(null);
        JsonNode members = model.shape(shapeName).get("members");
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            Object value = value(model, ModelFile.shapeOf(members.get(member.getKey())), member.getValue());
            setter(builder, member.getKey()).invoke(builder, value);
        }
        return builder.getClass().getMethod("build").invoke(builder);
    }

    private static Method setter(Object builder, String member) {
        return Arrays.stream(builder.getClass().getMethods())
                .filter(method -> method.getName().equalsIgnoreCase(member))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no setter for " + member));
    }

    private static Object value(ModelFile model, String shapeName, JsonNode json) throws Exception {
        JsonNode shape = model.shape(shapeName);
        return switch (ModelFile.type(shape)) {
            case "structure" -> record(model, shapeName, json);
            case "string" -> json.asText();
            case "integer" -> json.asInt();
            case "boolean" -> json.asBoolean();
            case "timestamp" -> moment(json.decimalValue());
            case "enum" -> constant(model.generated(shapeName), json.asText());
            case "list" -> {
                List<Object> items = new ArrayList<>();
                for (JsonNode item : json) {
                    items.add(value(model, ModelFile.shapeOf(shape.get("member")), item));
                }
                yield items;
            }
            case "map" -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                for (Map.Entry<String, JsonNode> entry : json.properties()) {
                    entries.put(entry.getKey(), value(model, ModelFile.shapeOf(shape.get("value")), entry.getValue()));
                }
                yield entries;
            }
            default -> throw new IllegalArgumentException(shapeName);
        };
    }

    private static Instant moment(BigDecimal seconds) {
        return Instant.ofEpochMilli(seconds.movePointRight(3).longValueExact());
    }

    private static Object constant(Class<?> type, String value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((WireValue) constant).value().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no constant for " + value));
    }

    /// Writes a part of JSON.
    private interface Writing {
        void write(JsonGenerator json) throws IOException;
    }

    @SuppressWarnings("unchecked") // The table does not say which operation answers with which record.
    private static String write(Operation<?, ?, ?> operation, Object output) {
        return write(json -> ((Operation<?, ?, Object>) operation).writer().write(json, output));
    }

    private static String write(Writing writing) {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            writing.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
