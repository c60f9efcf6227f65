package bellframe.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/// A record as a consumer of a stream reads it.
///
/// @param partitionKey null where a stream has none
record StreamedRecord(@Nullable String partitionKey, JsonNode json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static StreamedRecord of(@Nullable String partitionKey, String text) {
        try {
            return new StreamedRecord(partitionKey, JSON.readTree(text));
        } catch (JsonProcessingException problem) {
            throw new AssertionError("no record: " + text, problem);
        }
    }

    String eventType() {
        return json.path("EventType").asText();
    }

    JsonNode payload() {
        return json.path("Payload");
    }

    String text(String field) {
        return payload().path(field).asText();
    }

    String channel() {
        return text("ChannelArn");
    }
}
