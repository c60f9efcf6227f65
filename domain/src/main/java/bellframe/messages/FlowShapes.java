package bellframe.messages;

import bellframe.api.TimestampFormat;
import bellframe.api.messaging.ChannelMessage;
import bellframe.api.messaging.MessagingJson;
import bellframe.events.MessageSnapshot;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What processors of channel flows get to read.
final class FlowShapes {

    private static final JsonFactory JSON = new JsonFactory();

    private FlowShapes() {
    }

    /// A CHANNEL_MESSAGE_EVENT, as JSON.
    static byte[] event(String callbackId, MessageSnapshot message) {
        var bytes = new ByteArrayOutputStream(1_024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("EventType", "CHANNEL_MESSAGE_EVENT");
            json.writeStringField("CallbackId", callbackId);
            json.writeFieldName("ChannelMessage");
            MessagingJson.write(json, TimestampFormat.ISO_8601, withoutState(MessageShapes.message(message)));
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    /// Without what a message has only once it has been through.
    private static ChannelMessage withoutState(ChannelMessage message) {
        return ChannelMessage.builder()
                .messageId(message.messageId())
                .channelArn(message.channelArn())
                .content(message.content())
                .metadata(message.metadata())
                .contentType(message.contentType())
                .sender(message.sender())
                .persistence(message.persistence())
                .type(message.type())
                .createdTimestamp(message.createdTimestamp())
                .lastEditedTimestamp(message.lastEditedTimestamp())
                .messageAttributes(message.messageAttributes())
                .target(message.target())
                .build();
    }
}
