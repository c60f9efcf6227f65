package bellframe.messages;

import bellframe.api.messaging.ChannelMessage;
import bellframe.api.messaging.ChannelMessagePersistenceType;
import bellframe.api.messaging.ChannelMessageStatus;
import bellframe.api.messaging.ChannelMessageStatusStructure;
import bellframe.api.messaging.ChannelMessageSummary;
import bellframe.api.messaging.ChannelMessageType;
import bellframe.api.messaging.MessageAttributeValue;
import bellframe.api.messaging.Target;
import bellframe.channels.ChannelShapes;
import bellframe.events.MessageSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Messages in the API's shapes, the same for answers and for session events.
public final class MessageShapes {

    private static final ChannelMessageStatusStructure SENT = new ChannelMessageStatusStructure(
            ChannelMessageStatus.SENT, null);
    private static final ChannelMessageStatusStructure PENDING = new ChannelMessageStatusStructure(
            ChannelMessageStatus.PENDING, null);

    private MessageShapes() {
    }

    public static ChannelMessage message(MessageSnapshot message) {
        return ChannelMessage.builder()
                .channelArn(message.channelArn())
                .messageId(message.messageId())
                .content(message.content())
                .metadata(message.metadata())
                .type(ChannelMessageType.valueOf(message.type()))
                .createdTimestamp(message.created())
                .lastUpdatedTimestamp(message.updated())
                .lastEditedTimestamp(message.edited())
                .sender(ChannelShapes.identity(message.sender()))
                .redacted(message.redacted())
                .persistence(message.persistent()
                        ? ChannelMessagePersistenceType.PERSISTENT
                        : ChannelMessagePersistenceType.NON_PERSISTENT)
                .status(status(message))
                .messageAttributes(attributes(message))
                .contentType(message.contentType())
                .target(target(message))
                .build();
    }

    public static ChannelMessageSummary summary(MessageSnapshot message) {
        return ChannelMessageSummary.builder()
                .messageId(message.messageId())
                .content(message.content())
                .metadata(message.metadata())
                .type(ChannelMessageType.valueOf(message.type()))
                .createdTimestamp(message.created())
                .lastUpdatedTimestamp(message.updated())
                .lastEditedTimestamp(message.edited())
                .sender(ChannelShapes.identity(message.sender()))
                .redacted(message.redacted())
                .status(status(message))
                .messageAttributes(attributes(message))
                .contentType(message.contentType())
                .target(target(message))
                .build();
    }

    /// How far a message is, to those who may know.
    static ChannelMessageStatusStructure status(MessageSnapshot message) {
        return message.status().equals(Message.Status.SENT.name())
                ? SENT
                : new ChannelMessageStatusStructure(ChannelMessageStatus.valueOf(message.status()),
                        message.statusDetail());
    }

    /// What a caller is told of what it just did.
    static ChannelMessageStatusStructure status(Message.Status status) {
        return status == Message.Status.PENDING ? PENDING : SENT;
    }

    private static @Nullable Map<String, MessageAttributeValue> attributes(MessageSnapshot message) {
        if (message.attributes().isEmpty()) {
            return null;
        }
        var values = new LinkedHashMap<String, MessageAttributeValue>();
        message.attributes().forEach((name, texts) -> values.put(name, new MessageAttributeValue(texts)));
        return values;
    }

    private static @Nullable List<Target> target(MessageSnapshot message) {
        String target = message.target();
        return target == null ? null : List.of(new Target(target));
    }
}
