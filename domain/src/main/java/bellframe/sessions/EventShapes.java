package bellframe.sessions;

import bellframe.api.JsonOutput;
import bellframe.api.TimestampFormat;
import bellframe.api.messaging.ChannelMembershipSummary;
import bellframe.api.messaging.MessagingJson;
import bellframe.channels.ChannelShapes;
import bellframe.events.ChannelEvent;
import bellframe.events.MessageSnapshot;
import bellframe.messages.MessageShapes;
import bellframe.names.EventPosition;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// Events as clients read them: headers, and the payload as a JSON text within the JSON.
final class EventShapes {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String SYSTEM = "SYSTEM";
    /// What a client gives back as `replay-after` to hear what came after this event.
    private static final String POSITION_HEADER = "x-bellframe-position";

    /// Writes one API shape.
    @FunctionalInterface
    private interface Payload {
        void write(JsonGenerator json) throws IOException;
    }

    private EventShapes() {
    }

    /// @param position after which events follow
    static byte[] sessionEstablished(EventPosition position) {
        return event("SESSION_ESTABLISHED", SYSTEM, position, json -> {
            json.writeStartObject();
            json.writeEndObject();
        });
    }

    /// What was missed is not told.
    ///
    /// @param position after which events follow
    static byte[] gapNotReplayed(GapReason reason, EventPosition position) {
        return event("GAP_NOT_REPLAYED", SYSTEM, position, json -> {
            json.writeStartObject();
            json.writeStringField("Reason", reason.name());
            json.writeEndObject();
        });
    }

    /// Stands outside the order of events.
    static byte[] channelDetails(ChannelDetails details) {
        return event("CHANNEL_DETAILS", SYSTEM, null, json -> {
            json.writeStartObject();
            JsonOutput.structure(json, TimestampFormat.ISO_8601, "Channel", ChannelShapes.summary(details.channel()),
                    MessagingJson::write);
            JsonOutput.list(json, TimestampFormat.ISO_8601, "ChannelMessages",
                    details.messages().stream().map(MessageShapes::summary).toList(), MessagingJson::write);
            JsonOutput.list(json, TimestampFormat.ISO_8601, "ChannelMemberships",
                    details.members()
                            .stream()
                            .map(member -> new ChannelMembershipSummary(ChannelShapes.identity(member)))
                            .toList(),
                    MessagingJson::write);
            JsonOutput.timestamp(json, TimestampFormat.ISO_8601, "ReadMarkerTimestamp", details.readMarker());
            JsonOutput.bool(json, "ChannelMessagesHasMore", details.hasMore());
            json.writeEndObject();
        });
    }

    static byte[] encode(ChannelEvent event, EventPosition position) {
        return switch (event) {
            case ChannelEvent.MessageCreated(String _, MessageSnapshot message) ->
                message("CREATE_CHANNEL_MESSAGE", position, message);
            case ChannelEvent.MessageUpdated(String _, MessageSnapshot message) ->
                message("UPDATE_CHANNEL_MESSAGE", position, message);
            case ChannelEvent.MessageRedacted(String _, MessageSnapshot message) ->
                message("REDACT_CHANNEL_MESSAGE", position, message);
            case ChannelEvent.MessageDeleted(String _, MessageSnapshot message) ->
                message("DELETE_CHANNEL_MESSAGE", position, message);
            case ChannelEvent.MessageHeld(String _, var change, MessageSnapshot message) ->
                message(message.status() + '_' + change + "_CHANNEL_MESSAGE", position, message);
            case ChannelEvent.ChannelUpdated(String _, var after) -> event("UPDATE_CHANNEL", SYSTEM, position,
                    json -> MessagingJson.write(json, TimestampFormat.ISO_8601, ChannelShapes.channel(after)));
            case ChannelEvent.ChannelDeleted(String _, var before) -> event("DELETE_CHANNEL", SYSTEM, position,
                    json -> MessagingJson.write(json, TimestampFormat.ISO_8601, ChannelShapes.channel(before)));
            case ChannelEvent.MembershipCreated(String _, var membership) ->
                event("CREATE_CHANNEL_MEMBERSHIP", SYSTEM, position, json -> MessagingJson.write(json,
                        TimestampFormat.ISO_8601, ChannelShapes.membership(membership)));
            case ChannelEvent.MembershipsCreated(String _, var memberships) ->
                event("BATCH_CREATE_CHANNEL_MEMBERSHIP", SYSTEM, position, json -> MessagingJson.write(json,
                        TimestampFormat.ISO_8601, ChannelShapes.memberships(memberships)));
            case ChannelEvent.MembershipDeleted(String _, var membership) ->
                event("DELETE_CHANNEL_MEMBERSHIP", SYSTEM, position, json -> MessagingJson.write(json,
                        TimestampFormat.ISO_8601, ChannelShapes.membership(membership)));
        };
    }

    private static byte[] message(String eventType, EventPosition position, MessageSnapshot message) {
        return event(eventType, message.type(), position,
                json -> MessagingJson.write(json, TimestampFormat.ISO_8601, MessageShapes.message(message)));
    }

    private static byte[] event(String eventType, String messageType, @Nullable EventPosition position,
            Payload payload) {
        var text = new StringWriter(512);
        var bytes = new ByteArrayOutputStream(1_024);
        try {
            try (JsonGenerator inner = JSON.createGenerator(text)) {
                payload.write(inner);
            }
            try (JsonGenerator outer = JSON.createGenerator(bytes)) {
                outer.writeStartObject();
                outer.writeObjectFieldStart("Headers");
                outer.writeStringField("x-amz-chime-event-type", eventType);
                outer.writeStringField("x-amz-chime-message-type", messageType);
                if (position != null) {
                    outer.writeStringField(POSITION_HEADER, position.text());
                }
                outer.writeEndObject();
                outer.writeStringField("Payload", text.toString());
                outer.writeEndObject();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }
}
