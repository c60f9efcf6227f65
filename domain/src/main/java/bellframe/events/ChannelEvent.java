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
