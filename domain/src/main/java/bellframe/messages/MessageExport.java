package bellframe.messages;

import bellframe.channels.Channel;
import bellframe.events.MessageSnapshot;
import bellframe.names.ChannelArn;
import bellframe.names.EventPosition;
import bellframe.names.Identity;
import bellframe.names.Position;
import bellframe.names.UserArn;
import bellframe.outbox.EntryPlace;
import bellframe.outbox.Outbox;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Batch;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What happened to a message, for those outside: the message as it was then, whatever became of it since.
public final class MessageExport {

    /// What happened.
    public enum Kind {
        CREATE,
        UPDATE,
        REDACT,
        DELETE
    }

    private static final int VERSION = 1;

    private final Kind kind;
    private final ChannelArn channel;
    private final boolean persistent;
    private final Message message;

    private MessageExport(Kind kind, ChannelArn channel, boolean persistent, Message message) {
        this.kind = kind;
        this.channel = channel;
        this.persistent = persistent;
        this.message = message;
    }

    /// A message that is stored, as it is now for all who may see it: what waits for a flow has not happened.
    static MessageExport present(ChannelArn channel, Message message) {
        return new MessageExport(Kind.CREATE, channel, true, message.edit() == null
                ? message
                : message.with((Message.Edit) null));
    }

    /// Adds to the batch of an event what those outside are told of it.
    ///
    /// @param at the event's position
    static void put(Outbox.Adding adding, Batch batch, EventPosition at, Kind kind, Channel channel, boolean persistent,
            Message message) {
        adding.put(batch, place(message.id().position()), at, () -> row(kind, channel.arn(), persistent, message));
    }

    static EntryPlace place(Position position) {
        return new EntryPlace.Bucket(position.bucket());
    }

    private static byte[] row(Kind kind, ChannelArn channel, boolean persistent, Message message) {
        return new RowWriter(VERSION).name(kind)
                .text(channel.toString())
                .flag(persistent)
                .bytes(message.toRow())
                .toBytes();
    }

    /// Reads the subject of an entry of the outbox.
    public static MessageExport read(byte[] row) {
        var reader = new RowReader(row, VERSION);
        return new MessageExport(reader.name(Kind.class), ChannelArn.parse(reader.text()).orElseThrow(), reader.flag(),
                Message.fromRow(reader.bytes()));
    }

    /// Where [MessageHistory#exports] goes on behind it.
    public byte[] cursor() {
        return MessageLog.cursor(message.id().position());
    }

    public Kind kind() {
        return kind;
    }

    public ChannelArn channel() {
        return channel;
    }

    public UserArn sender() {
        return message.sender();
    }

    /// The one member, beside the sender, who may see it; null for everybody.
    public @Nullable UserArn target() {
        return message.target();
    }

    /// The values of each message attribute, by name.
    public Map<String, List<String>> attributes() {
        return message.attributes();
    }

    public String messageId() {
        return message.id().text();
    }

    /// What devices are to show for it; null for nothing.
    public @Nullable PushNotification push() {
        return message.push();
    }

    /// The message as others are told of it.
    ///
    /// @param sender who sent it, by name
    public MessageSnapshot snapshot(Identity sender) {
        return Messages.snapshot(channel, message, sender, persistent);
    }
}
