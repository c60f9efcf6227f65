package bellframe.outbound.push;

import bellframe.push.DeviceNotification;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/// Which message a notification is about, as apps on devices read it.
public final class ChimeReference {

    private ChimeReference() {
    }

    /// Writes an object.
    public static void write(DeviceNotification notification, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("chime.message_id", notification.messageId());
        json.writeStringField("chime.channel_arn", notification.channelArn());
        json.writeEndObject();
    }
}
