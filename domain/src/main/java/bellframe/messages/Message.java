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
/// @param passage how far it came through the channel's flow; null if it did not have to
/// @param edit what its sender wants it to become, if that waits for the channel's flow or failed there
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
        @Nullable EventPosition changed,
        @Nullable Passage passage,
        @Nullable Edit edit) {

    private static final int VERSION = 3;

    enum Type {
        STANDARD,
        CONTROL
    }

    /// What everybody may read, and what only its sender may know of.
    enum Status {
        SENT,
        PENDING,
        FAILED
    }

    /// A message's way through the channel's flow.
    ///
    /// @param detail why it failed; null if it did not
    /// @param ended the place of its end in the order of events; null while it lasts
    record Passage(Status status, @Nullable String detail, @Nullable EventPosition ended) {

        static final Passage PENDING = new Passage(Status.PENDING, null, null);
    }

    /// What a message is to become; null leaves things as they are.
    ///
    /// @param detail why it failed; null if it did not
    record Edit(
            @Nullable String content,
            @Nullable String metadata,
            @Nullable String contentType,
            Instant when,
            Status status,
            @Nullable String detail) {

        boolean isPending() {
            return status == Status.PENDING;
        }

        Edit failed(String reason) {
            return new Edit(content, metadata, contentType, when, Status.FAILED, reason);
        }

        private static void write(RowWriter row, Edit edit) {
            row.optional(edit.content, RowWriter::text)
                    .optional(edit.metadata, RowWriter::text)
                    .optional(edit.contentType, RowWriter::text)
                    .time(edit.when)
                    .name(edit.status)
                    .optional(edit.detail, RowWriter::text);
        }

        private static Edit read(RowReader row) {
            return new Edit(row.optional(RowReader::text), row.optional(RowReader::text),
                    row.optional(RowReader::text), row.time(), row.name(Status.class), row.optional(RowReader::text));
        }
    }

    /// @param held whether it has to wait for the channel's flow
    static Message first(MessageId id, UserArn sender, NewMessage draft, EventPosition sent, boolean held) {
        return new Message(id, sender, draft.type(), draft.content(), draft.metadata(), draft.contentType(),
                draft.attributes(), draft.target(), draft.push(), false, id.position().timestamp(), null, sent,
                null, held ? Passage.PENDING : null, null);
    }

    /// Of the message itself, whatever an edit of it is waiting for.
    Status status() {
        return passage == null ? Status.SENT : passage.status();
    }

    /// Whether it, or an edit of it, waits for the channel's flow.
    boolean isPending() {
        return status() == Status.PENDING || (edit != null && edit.isPending());
    }

    /// Whether the user may know that the message exists.
    boolean isVisibleTo(UserArn user) {
        return user.equals(sender) || (status() == Status.SENT && (target == null || user.equals(target)));
    }

    /// From where on in the order of events others than its sender may know that it exists.
    EventPosition shownSince() {
        EventPosition ended = passage == null ? null : passage.ended();
        return ended == null ? sent : ended;
    }

    /// As the user sees it: an edit that has not come through the flow only its sender does.
    Message shownTo(UserArn user) {
        if (edit == null) {
            return this;
        }
        return user.equals(sender)
                ? edited(edit.content(), edit.metadata(), edit.contentType(), edit.when())
                : with((Edit) null);
    }

    Message edited(@Nullable String newContent, @Nullable String newMetadata, @Nullable String newContentType,
            Instant when) {
        return new Message(id, sender, type, newContent == null ? content : newContent,
                newMetadata == null ? metadata : newMetadata,
                newContentType == null ? contentType : newContentType, attributes, target, push, redacted, when, when,
                sent, changed, passage, edit);
    }

    /// With content, metadata, content type, attributes and push as a processor wants them; what it does not say stays.
    Message replaced(Replacement by) {
        return new Message(id, sender, type, by.content() == null ? content : by.content(),
                by.metadata() == null ? metadata : by.metadata(),
                by.contentType() == null ? contentType : by.contentType(),
                by.attributes() == null ? attributes : by.attributes(), target, by.push() == null ? push : by.push(),
                redacted, updated, edited, sent, changed, passage, edit);
    }

    Message with(@Nullable Passage newPassage) {
        return new Message(id, sender, type, content, metadata, contentType, attributes, target, push, redacted,
                updated,
                edited, sent, changed, newPassage, edit);
    }

    Message with(@Nullable Edit newEdit) {
        return new Message(id, sender, type, content, metadata, contentType, attributes, target, push, redacted,
                updated,
                edited, sent, changed, passage, newEdit);
    }

    Message withoutContent(Instant when) {
        return new Message(id, sender, type, null, metadata, contentType, attributes, target, push, true, when, edited,
                sent, changed, passage, null);
    }

    /// What is told of a message that is deleted.
    Message emptied() {
        return new Message(id, sender, type, null, null, contentType, attributes, target, null, redacted, updated,
                edited, sent, changed, passage, null);
    }

    Message changedAt(EventPosition position) {
        return new Message(id, sender, type, content, metadata, contentType, attributes, target, push, redacted,
                updated,
                edited, sent, position, passage, edit);
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
                .optional(passage, Message::write)
                .optional(edit, Edit::write)
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
        boolean withoutFlows = reader.version() < 3;
        Passage passage = withoutFlows ? null : reader.optional(Message::readPassage);
        Edit edit = withoutFlows ? null : reader.optional(Edit::read);
        return new Message(id, sender, type, content, metadata, contentType, attributes, target, push, redacted,
                updated,
                edited, sent, changed, passage, edit);
    }

    private static void write(RowWriter row, Passage passage) {
        row.name(passage.status())
                .optional(passage.detail(), RowWriter::text)
                .optional(passage.ended(), (writer, position) -> writer.number(position.micros()));
    }

    private static Passage readPassage(RowReader row) {
        return new Passage(row.name(Status.class), row.optional(RowReader::text), row.optional(Message::position));
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
