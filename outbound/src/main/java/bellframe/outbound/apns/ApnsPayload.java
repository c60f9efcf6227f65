package bellframe.outbound.apns;

import bellframe.outbound.json.JsonText;
import bellframe.outbound.push.ChimeReference;
import bellframe.outbound.push.ShortenedBody;
import bellframe.outbox.DeliveryFailed;
import bellframe.push.DeviceNotification;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a device gets, laid out as Pinpoint does.
final class ApnsPayload {

    static final int MAX_BYTES = 4096;
    static final int VOIP_MAX_BYTES = 5120;

    private ApnsPayload() {
    }

    /// JSON, with as much of the body as there is room for.
    static String of(DeviceNotification notification) throws DeliveryFailed {
        return ShortenedBody.fit(notification.body(), notification.voip() ? VOIP_MAX_BYTES : MAX_BYTES,
                body -> JsonText.of(json -> write(notification, body, json)),
                text -> text.getBytes(StandardCharsets.UTF_8).length);
    }

    private static void write(DeviceNotification notification, @Nullable String body, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("aps");
        writeAlert(notification.title(), body, json);
        json.writeStringField("sound", "default");
        json.writeEndObject();
        json.writeObjectFieldStart("data");
        json.writeObjectFieldStart("pinpoint");
        json.writeNullField("deeplink");
        json.writeEndObject();
        json.writeFieldName("jsonBody");
        ChimeReference.write(notification, json);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeAlert(@Nullable String title, @Nullable String body, JsonGenerator json)
            throws IOException {
        if (title != null || body != null) {
            json.writeObjectFieldStart("alert");
            writeText(json, "title", title);
            writeText(json, "body", body);
            json.writeEndObject();
        }
    }

    private static void writeText(JsonGenerator json, String name, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }
}
