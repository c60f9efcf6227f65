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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

        String written = write(operation, Records.of(model, shapeName, expected));

        assertThat(written).isEqualTo(MAPPER.writeValueAsString(expected));
    }

    @ParameterizedTest
    @MethodSource("operationsWithOutput")
    void absentMembersAreLeftOut(ModelFile model, Operation<?, ?, ?> operation) throws Exception {
        String shapeName = ModelFile.shapeOf(model.operation(operation.name()).get("output"));

        assertThat(write(operation, Records.of(model, shapeName, Samples.JSON.objectNode()))).isEqualTo("{}");
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
