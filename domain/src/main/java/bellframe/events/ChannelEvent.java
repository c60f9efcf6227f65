package bellframe.events;

import java.util.List;

/// Something that happened in a channel and is durable, if it is the durable kind.
///
/// `channel` is the channel's incarnation id: unlike the ARN it is never used again.
public sealed interface ChannelEvent {

    String channel();

    record MessageCreated(String channel, MessageSnapshot message) implements ChannelEvent {
    }

    record MessageUpdated(String channel, MessageSnapshot message) implements ChannelEvent {
    }

    record MessageRedacted(String channel, MessageSnapshot message) implements ChannelEvent {
    }

    record MessageDeleted(String channel, MessageSnapshot message) implements ChannelEvent {
    }

    /// A message, or an edit of one, waits for the channel's flow, or got no further there: its status tells. Only its sender
    /// hears of it.
    record MessageHeld(String channel, Change change, MessageSnapshot message) implements ChannelEvent {

        /// What was to become of the message.
        public enum Change {
            CREATE,
            UPDATE
        }
    }

    record ChannelUpdated(String channel, ChannelSnapshot after) implements ChannelEvent {
    }

    record ChannelDeleted(String channel, ChannelSnapshot before) implements ChannelEvent {
    }

    record MembershipCreated(String channel, MembershipSnapshot membership) implements ChannelEvent {
    }

    /// Several members added by one call.
    ///
    /// @param memberships at least one; all of one inviter and one type
    record MembershipsCreated(String channel, List<MembershipSnapshot> memberships) implements ChannelEvent {
    }

    record MembershipDeleted(String channel, MembershipSnapshot membership) implements ChannelEvent {
    }
}
