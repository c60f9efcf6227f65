package bellframe.outbound.alerts;

import bellframe.alerts.Alert;
import bellframe.names.Account;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/// An alert as an event of EventBridge.
///
/// @param time in whole seconds, as EventBridge has it
record AlertEvent(UUID id, String source, Account account, Instant time, Alert alert) {

    private static final JsonFactory JSON = new JsonFactory();

    /// Writes JSON.
    private interface Writing {

        void write(JsonGenerator json) throws IOException;
    }

    /// The whole event, as rules of EventBridge hand it to targets.
    byte[] json() {
        return bytes(json -> {
            json.writeStartObject();
            json.writeStringField("version", "0");
            json.writeStringField("id", id.toString());
            json.writeStringField("detail-type", alert.detailType());
            json.writeStringField("source", source);
            json.writeStringField("account", account.id());
            json.writeStringField("time", time.toString());
            json.writeStringField("region", account.region());
            json.writeArrayFieldStart("resources");
            json.writeEndArray();
            json.writeFieldName("detail");
            writeDetail(json);
            json.writeEndObject();
        });
    }

    String detail() {
        return new String(bytes(this::writeDetail), StandardCharsets.UTF_8);
    }

    private void writeDetail(JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, String> entry : alert.detail().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private static byte[] bytes(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            writing.write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
