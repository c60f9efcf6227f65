package bellframe.server;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.chimesdkmessaging.model.ChannelMessagePersistenceType;
import software.amazon.awssdk.services.chimesdkmessaging.model.SendChannelMessageRequest;
import software.amazon.awssdk.services.chimesdkmessaging.model.Target;

/// A message of a campaign that goes through a flow, and so do its edits. Its content names it and the edit, which is 0
/// before the first; processors add to that.
///
/// Confined to the thread of its writer until that has ended.
final class FlowMessage {

    /// What the content of a message says.
    record Version(String name, int edit) {

        static Version in(String content) {
            int space = content.indexOf(' ');
            int added = content.indexOf('|');
            return new Version(content.substring(0, space),
                    Integer.parseInt(content.substring(space + 1, added < 0 ? content.length() : added)));
        }

        String content() {
            return name + " " + edit;
        }
    }

    final String name;
    final String sender;
    final String channel;
    final boolean persistent;
    final @Nullable String target;
    private final String token;
    private @Nullable String id;
    private int edits;
    private int edited;

    FlowMessage(String name, String sender, String channel, boolean persistent, @Nullable String target, String token) {
        this.name = name;
        this.sender = sender;
        this.channel = channel;
        this.persistent = persistent;
        this.target = target;
        this.token = token;
    }

    /// The id, once the message is acknowledged.
    @Nullable
    String id() {
        return id;
    }

    String requireId() {
        if (id == null) {
            throw new IllegalStateException(this + " is not acknowledged");
        }
        return id;
    }

    void sent(String messageId) {
        if (id != null && !id.equals(messageId)) {
            throw new AssertionError(this + " was sent again as " + messageId);
        }
        id = messageId;
    }

    SendChannelMessageRequest request() {
        SendChannelMessageRequest.Builder request = SdkClients.message(sender, channel, new Version(name, 0).content())
                .clientRequestToken(token);
        if (!persistent) {
            request.persistence(ChannelMessagePersistenceType.NON_PERSISTENT);
        }
        if (target != null) {
            request.target(Target.builder().memberArn(target).build());
        }
        return request.build();
    }

    /// The last edit that was acknowledged; 0 if none was.
    int edited() {
        return edited;
    }

    void edited(String content) {
        edited = Version.in(content).edit();
    }

    String nextContent() {
        edits++;
        return new Version(name, edits).content();
    }

    @Override
    public String toString() {
        return "message " + name + " with id " + id + " in " + channel;
    }
}
