package bellframe.messages;

import bellframe.channels.Channel;
import bellframe.events.MessageSnapshot;
import bellframe.identity.Bearer;
import bellframe.names.MessageId;
import bellframe.names.UserArn;
import bellframe.testing.World;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Sends and reads messages for tests of other packages.
public final class TestMessages {

    private TestMessages() {
    }

    /// Sends a persistent message, once more with every call.
    public static MessageId send(World world, Bearer sender, Channel channel, String content,
            @Nullable UserArn target) {
        return send(world, sender, channel, content, true, target);
    }

    /// Sends a message that is stored nowhere.
    public static void sendNonPersistent(World world, Bearer sender, Channel channel, String content) {
        send(world, sender, channel, content, false, null);
    }

    /// Sends a message for which devices are to show something.
    public static MessageId sendWithPush(World world, Bearer sender, Channel channel, PushNotification push,
            Map<String, List<String>> attributes, @Nullable UserArn target, boolean persistent) {
        return world.messages.send(sender, channel.arn().toString(),
                new NewMessage(Message.Type.STANDARD, persistent, "content", null, null, attributes, target, push),
                UUID.randomUUID().toString()).id();
    }

    private static MessageId send(World world, Bearer sender, Channel channel, String content, boolean persistent,
            @Nullable UserArn target) {
        return world.messages.send(sender, channel.arn().toString(),
                new NewMessage(Message.Type.STANDARD, persistent, content, null, null, Map.of(), target, null),
                UUID.randomUUID().toString()).id();
    }

    /// Sends a persistent message for everybody that mentions bots.
    public static MessageId mention(World world, Bearer sender, Channel channel, String content, Bearer... bots) {
        List<String> names = Arrays.stream(bots).map(Bearer::toString).toList();
        return world.messages
                .send(sender, channel.arn().toString(), new NewMessage(Message.Type.STANDARD, true, content,
                        null, null, Map.of("CHIME.mentions", names), null, null), UUID.randomUUID().toString())
                .id();
    }

    /// Sends a CONTROL message.
    public static void sendControl(World world, Bearer sender, Channel channel) {
        world.messages.send(sender, channel.arn().toString(), new NewMessage(Message.Type.CONTROL, true, "typing", null,
                null, Map.of(), null, null), UUID.randomUUID().toString());
    }

    /// The newest message that the reader may see; empty if there is none.
    public static Optional<MessageSnapshot> newest(World world, Bearer reader, Channel channel) {
        return world.messages.newest(channel, reader.arn(), 1).items().stream().findFirst();
    }

    /// Changes the content of the bearer's own message.
    public static void update(World world, Bearer bearer, Channel channel, MessageId message, String content) {
        world.messages.update(bearer, channel.arn().toString(), message.text(), content, null, null);
    }

    /// Redacts the bearer's own message.
    public static void redact(World world, Bearer bearer, Channel channel, MessageId message) {
        world.messages.redact(bearer, channel.arn().toString(), message.text());
    }

    /// Deletes a message, as only admins may.
    public static void delete(World world, Bearer admin, Channel channel, MessageId message) {
        world.messages.delete(admin, channel.arn().toString(), message.text());
    }

    /// Calls back as a processor that changes nothing, or denies.
    public static void callBack(World world, Channel channel, MessageId message, String callbackId, boolean deny) {
        world.messageFlows.answer(channel.arn().toString(), callbackId, message.text(), deny, Replacement.NONE);
    }

    /// Calls back as a processor that says what devices are to show.
    public static void callBack(World world, Channel channel, MessageId message, String callbackId,
            PushNotification push) {
        world.messageFlows.answer(channel.arn().toString(), callbackId, message.text(), false,
                new Replacement(null, null, null, null, push));
    }

    /// The contents of all messages that the reader may see, in order.
    public static List<String> contents(World world, Bearer reader, Channel channel) {
        return all(world, reader, channel).map(message -> String.valueOf(message.content())).toList();
    }

    /// The ARNs of those who sent the messages that the reader may see, in order.
    public static List<String> senders(World world, Bearer reader, Channel channel) {
        return all(world, reader, channel).map(message -> message.sender().toString()).toList();
    }

    private static Stream<Message> all(World world, Bearer reader, Channel channel) {
        var all = new MessageLog.Range(MessageLog.Range.START, MessageLog.Range.END, false);
        return world.messages.list(reader, channel.arn().toString(), all, null, 1_000).page().items().stream();
    }
}
