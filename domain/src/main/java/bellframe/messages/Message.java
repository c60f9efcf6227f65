package bellframe.messages;

import bellframe.names.EventPosition;
import bellframe.names.MessageId;
import bellframe.names.UserArn;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message as it is stored; its position, and so its place and CreatedTimestamp, is in the id.
///
/// @param content null once redacted
/// @param edited when the content was last changed; null if never
/// @param sent the place of its sending in the order of events; the start for messages older than that order
/// @param changed the place of its last change; null if there was none since there is that order
record Message(
        MessageId id,
        UserArn sender,
        Type type,
        @Nullable String content,
        @Nullable String metadata,
        @Nullable String contentType,
        Map<String, List<String>> attributes,
        @Nullable UserArn target,
        @Nullable PushNotification push,
        boolean redacted,
        Instant updated,
        @Nullable Instant edited,
        EventPosition sent,
        @Nullable EventPosition changed) {

    private static final int VERSION = 2;

    enum Type {
        STANDARD,
        CONTROL
    }

    static Message first(MessageId id, UserArn sender, NewMessage draft, EventPosition sent) {
        return new Message(id, sender, draft.type(), draft.content(), draft.metadata(), draft.contentType(),
                draft.attributes(), draft.target(), draft.push(), false, id.position().timestamp(), null, sent,
                null);
    }

    /// Whether the user may know that the message exists.
    boolean isVisibleTo(UserArn user) {
        return target == null || user.equals(target) || user.equals(sender);
    }

    Message edited(@Nullable String newContent, @Nullable String newMetadata, @Nullable String newContentType,
            Instant when) {
        return new Message(id, sender, type, newContent == null ? content : newContent,
                newMetadata == null ? metadata : newMetadata,
                newContentType == null ? contentType : newContentType, attributes, target, push, redacted, when, when,
                sent, changed);
    }

    Message withoutContent(Instant when) {
        return new Message(id, sender, type, null, metadata, contentType, attributes, target, push, true, when, edited,
                sent, changed);
    }

    /// What is told of a message that is deleted.
    Message emptied() {
        return new Message(id, sender, type, null, null, contentType, attributes, target, null, redacted, updated,
                edited, sent, changed);
    }

    Message changedAt(EventPosition position) {
        return new Message(id, sender, type, content, metadata, contentType, attributes, target, push, redacted,
                updated,
                edited, sent, position);
    }

    byte[] toRow() {
        var row = new RowWriter(VERSION).text(id.text())
                .text(sender.toString())
                .name(type)
                .optional(content, RowWriter::text)
                .optional(metadata, RowWriter::text)
                .optional(contentType, RowWriter::text)
                .optional(target, (writer, arn) -> writer.text(arn.toString()))
                .optional(push, PushNotification::write)
                .flag(redacted)
                .time(updated)
                .optional(edited, RowWriter::time);
        writeAttributes(row, attributes);
        return row.number(sent.micros())
                .optional(changed, (writer, position) -> writer.number(position.micros()))
                .toBytes();
    }

    static Message fromRow(byte[] row) {
        var reader = new RowReader(row, VERSION);
        var id = MessageId.parse(reader.text()).orElseThrow();
        var sender = user(reader);
        var type = reader.name(Type.class);
        String content = reader.optional(RowReader::text);
        String metadata = reader.optional(RowReader::text);
        String contentType = reader.optional(RowReader::text);
        UserArn target = reader.optional(Message::user);
        PushNotification push = reader.optional(PushNotification::read);
        boolean redacted = reader.flag();
        Instant updated = reader.time();
        Instant edited = reader.optional(RowReader::time);
        Map<String, List<String>> attributes = readAttributes(reader);
        boolean older = reader.version() < 2;
        EventPosition sent = older ? EventPosition.START : position(reader);
        EventPosition changed = older ? null : reader.optional(Message::position);
        return new Message(id, sender, type, content, metadata, contentType, attributes, target, push, redacted,
                updated,
                edited, sent, changed);
    }

    static void writeAttributes(RowWriter row, Map<String, List<String>> attributes) {
        row.list(attributes.entrySet(),
                (writer, attribute) -> writer.text(attribute.getKey()).list(attribute.getValue(), RowWriter::text));
    }

    private static Map<String, List<String>> readAttributes(RowReader row) {
        var attributes = new LinkedHashMap<String, List<String>>();
        row.list(reader -> Map.entry(reader.text(), reader.list(RowReader::text)))
                .forEach(attribute -> attributes.put(attribute.getKey(), attribute.getValue()));
        return attributes;
    }

    private static EventPosition position(RowReader row) {
        return new EventPosition(row.number());
    }

    private static UserArn user(RowReader reader) {
        return UserArn.parse(reader.text()).orElseThrow();
    }
}
