package bellframe.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// An event as consumers of streams read it: unlike in sessions, without headers, and the payload is an object.
public final class StreamRecord {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int BYTES_AT_FIRST = 1_024;

    /// Writes one shape of the API.
    @FunctionalInterface
    public interface Payload {
        void write(JsonGenerator json) throws IOException;
    }

    private StreamRecord() {
    }

    /// JSON in UTF-8.
    ///
    /// @param eventType for example `CREATE_CHANNEL_MESSAGE`
    public static byte[] of(String eventType, Payload payload) {
        var bytes = new ByteArrayOutputStream(BYTES_AT_FIRST);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("EventType", eventType);
            json.writeFieldName("Payload");
            payload.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }
}
