package bellframe.channels;

import bellframe.api.TimestampFormat;
import bellframe.api.messaging.BatchChannelMemberships;
import bellframe.api.messaging.ChannelBan;
import bellframe.api.messaging.ChannelMembership;
import bellframe.api.messaging.ChannelMembershipType;
import bellframe.api.messaging.ChannelMode;
import bellframe.api.messaging.ChannelModerator;
import bellframe.api.messaging.ChannelPrivacy;
import bellframe.api.messaging.ChannelSummary;
import bellframe.api.messaging.ExpirationCriterion;
import bellframe.api.messaging.ExpirationSettings;
import bellframe.api.messaging.Identity;
import bellframe.api.messaging.MessagingJson;
import bellframe.api.messaging.Tag;
import bellframe.events.ChannelSnapshot;
import bellframe.events.MembershipSnapshot;
import bellframe.events.StreamRecord;
import bellframe.identity.Actors;
import bellframe.names.ChannelArn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Channels and memberships in the API's shapes, the same for answers and for session events.
public final class ChannelShapes {

    private ChannelShapes() {
    }

    public static Identity identity(bellframe.names.Identity identity) {
        return new Identity(identity.arn(), identity.name());
    }

    public static bellframe.api.messaging.Channel channel(ChannelSnapshot channel) {
        return bellframe.api.messaging.Channel.builder()
                .channelArn(channel.arn())
                .name(channel.name())
                .mode(ChannelMode.valueOf(channel.mode()))
                .privacy(ChannelPrivacy.valueOf(channel.privacy()))
                .metadata(channel.metadata())
                .channelFlowArn(channel.flowArn())
                .expirationSettings(settings(channel.expiry()))
                .createdBy(identity(channel.createdBy()))
                .createdTimestamp(channel.created())
                .lastUpdatedTimestamp(channel.updated())
                .lastMessageTimestamp(channel.lastMessage())
                .build();
    }

    private static @Nullable ExpirationSettings settings(ChannelSnapshot.@Nullable Expiry expiry) {
        return expiry == null
                ? null
                : new ExpirationSettings(expiry.days(), ExpirationCriterion.valueOf(expiry.criterion()));
    }

    public static ChannelSummary summary(ChannelSnapshot channel) {
        return ChannelSummary.builder()
                .channelArn(channel.arn())
                .name(channel.name())
                .mode(ChannelMode.valueOf(channel.mode()))
                .privacy(ChannelPrivacy.valueOf(channel.privacy()))
                .metadata(channel.metadata())
                .lastMessageTimestamp(channel.lastMessage())
                .build();
    }

    public static ChannelMembership membership(MembershipSnapshot membership) {
        return ChannelMembership.builder()
                .channelArn(membership.channelArn())
                .member(identity(membership.member()))
                .invitedBy(identity(membership.invitedBy()))
                .type(type(membership.hidden()))
                .createdTimestamp(membership.created())
                .lastUpdatedTimestamp(membership.updated())
                .build();
    }

    /// The memberships that one call added.
    ///
    /// @param memberships at least one; all of one channel, inviter and type
    public static BatchChannelMemberships memberships(List<MembershipSnapshot> memberships) {
        MembershipSnapshot first = memberships.getFirst();
        return BatchChannelMemberships.builder()
                .channelArn(first.channelArn())
                .invitedBy(identity(first.invitedBy()))
                .type(type(first.hidden()))
                .members(memberships.stream().map(membership -> identity(membership.member())).toList())
                .build();
    }

    /// What happened to a channel, as consumers of streams read it.
    ///
    /// @param eventType for example `UPDATE_CHANNEL`
    static byte[] record(String eventType, ChannelSnapshot channel) {
        return StreamRecord.of(eventType,
                json -> MessagingJson.write(json, TimestampFormat.ISO_8601, channel(channel)));
    }

    /// What happened to a membership, as consumers of streams read it.
    static byte[] record(String eventType, MembershipSnapshot membership) {
        return StreamRecord.of(eventType,
                json -> MessagingJson.write(json, TimestampFormat.ISO_8601, membership(membership)));
    }

    static ChannelModerator moderator(ChannelArn channel, Moderator moderator, Actors actors) {
        return ChannelModerator.builder()
                .channelArn(channel.toString())
                .moderator(identity(actors.identity(moderator.arn())))
                .createdBy(identity(actors.identity(moderator.createdBy())))
                .createdTimestamp(moderator.created())
                .build();
    }

    /// What happened to an appointment, as consumers of streams read it.
    static byte[] record(String eventType, ChannelModerator moderator) {
        return StreamRecord.of(eventType, json -> MessagingJson.write(json, TimestampFormat.ISO_8601, moderator));
    }

    static ChannelBan ban(ChannelArn channel, Ban ban, Actors actors) {
        return ChannelBan.builder()
                .channelArn(channel.toString())
                .member(identity(actors.identity(ban.member())))
                .createdBy(identity(actors.identity(ban.createdBy())))
                .createdTimestamp(ban.created())
                .build();
    }

    /// What happened to a ban, as consumers of streams read it.
    static byte[] record(String eventType, ChannelBan ban) {
        return StreamRecord.of(eventType, json -> MessagingJson.write(json, TimestampFormat.ISO_8601, ban));
    }

    /// The values of tags by their key; of two with the same key the last counts.
    public static Map<String, String> tags(@Nullable List<Tag> tags) {
        var byKey = new LinkedHashMap<String, String>();
        if (tags != null) {
            tags.forEach(tag -> byKey.put(tag.key(), tag.value()));
        }
        return byKey;
    }

    public static ChannelMembershipType type(boolean hidden) {
        return hidden ? ChannelMembershipType.HIDDEN : ChannelMembershipType.DEFAULT;
    }
}
