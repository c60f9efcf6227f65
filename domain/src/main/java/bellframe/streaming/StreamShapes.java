package bellframe.streaming;

import bellframe.api.TimestampFormat;
import bellframe.api.messaging.MessagingJson;
import bellframe.events.MessageSnapshot;
import bellframe.messages.MessageExport;
import bellframe.messages.MessageShapes;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Events as consumers of streams read them: unlike in sessions, without headers, and the payload is an object.
final class StreamShapes {

    private static final JsonFactory JSON = new JsonFactory();

    private StreamShapes() {
    }

    static byte[] record(MessageExport.Kind kind, MessageSnapshot message) {
        var bytes = new ByteArrayOutputStream(1_024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("EventType", kind + "_CHANNEL_MESSAGE");
            json.writeFieldName("Payload");
            MessagingJson.write(json, TimestampFormat.ISO_8601, MessageShapes.message(message));
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }
}
