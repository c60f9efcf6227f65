package bellframe.outbound.fcm;

import bellframe.outbound.json.JsonText;
import bellframe.outbound.push.ChimeReference;
import bellframe.outbound.push.ShortenedBody;
import bellframe.outbound.push.TimeToLive;
import bellframe.outbox.DeliveryFailed;
import bellframe.push.DeviceNotification;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A data message as Pinpoint sends it: the app on the device shows the notification, and so needs to be woken at once.
///
/// It has no `collapse_key`. Of messages with one FCM keeps only those of four keys for a device that is offline, and it does not
/// say which; of those without it keeps a hundred. That a message comes twice, which is rare, the app sees by the message's id.
final class FcmMessage {

    /// Of names and values together.
    static final int DATA_MAX_BYTES = 4096;

    private FcmMessage() {
    }

    /// The body of a request, with as much of the notification's body as there is room for.
    static byte[] of(DeviceNotification notification, Instant now) throws DeliveryFailed {
        Map<String, String> data = ShortenedBody.fit(notification.body(), DATA_MAX_BYTES,
                body -> data(notification, body), FcmMessage::size);
        return JsonText.of(json -> write(notification, data, now, json)).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> data(DeviceNotification notification, @Nullable String body) {
        var data = new LinkedHashMap<String, String>();
        data.put("pinpoint.openApp", "true");
        if (notification.title() != null) {
            data.put("pinpoint.notification.title", notification.title());
        }
        if (body != null) {
            data.put("pinpoint.notification.body", body);
        }
        data.put("pinpoint.campaign.campaign_id", "_DIRECT");
        data.put("pinpoint.notification.silentPush", "0");
        data.put("pinpoint.jsonBody", JsonText.of(json -> ChimeReference.write(notification, json)));
        return data;
    }

    private static int size(Map<String, String> data) {
        return data.entrySet().stream().mapToInt(entry -> bytes(entry.getKey()) + bytes(entry.getValue())).sum();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void write(DeviceNotification notification, Map<String, String> data, Instant now,
            JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("message");
        json.writeStringField("token", notification.deviceToken());
        json.writeObjectFieldStart("data");
        for (Map.Entry<String, String> entry : data.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("android");
        json.writeStringField("priority", "HIGH");
        json.writeStringField("ttl", TimeToLive.seconds(notification.expires(), now) + "s");
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }
}
