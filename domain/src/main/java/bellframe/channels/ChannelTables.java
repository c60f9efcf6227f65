package bellframe.channels;

import bellframe.names.AppInstanceArn;
import bellframe.names.ChannelArn;
import bellframe.names.UserArn;
import bellframe.rows.Pages;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Key;

/// Keys and rows of CHANNELS, CHANNELS_BY_APP_INSTANCE, MEMBERS_BY_CHANNEL, CHANNELS_BY_MEMBER,
/// MODERATORS_BY_CHANNEL and CHANNELS_BY_MODERATOR.
final class ChannelTables {

    private static final int CHANNEL_VERSION = 1;
    private static final int MEMBERSHIP_VERSION = 1;
    private static final int MEMBER_CHANNEL_VERSION = 1;
    private static final int MODERATOR_VERSION = 1;

    private ChannelTables() {
    }

    /// The partition of the channel's row and of its tags.
    static Key channel(ChannelArn arn) {
        return Key.of(arn.toString());
    }

    static byte[] row(Channel channel) {
        return new RowWriter(CHANNEL_VERSION).text(channel.incarnation())
                .text(channel.name())
                .name(channel.mode())
                .name(channel.privacy())
                .optional(channel.metadata(), RowWriter::text)
                .text(channel.createdBy().toString())
                .time(channel.created())
                .time(channel.updated())
                .flag(channel.deleted())
                .toBytes();
    }

    static Channel channel(ChannelArn arn, byte[] row) {
        var reader = new RowReader(row, CHANNEL_VERSION);
        return new Channel(arn, reader.text(), reader.text(), reader.name(Channel.Mode.class),
                reader.name(Channel.Privacy.class), reader.optional(RowReader::text), user(reader), reader.time(),
                reader.time(), reader.flag());
    }

    static Key listing(AppInstanceArn appInstance, Channel.Privacy privacy, int shard) {
        return Key.builder()
                .text(appInstance.account().id())
                .text(appInstance.account().region())
                .text(appInstance.id())
                .text(privacy.name())
                .number8(shard)
                .build();
    }

    static Key listing(Channel channel) {
        return listing(channel.arn().appInstance(), channel.privacy(), Pages.shardOf(channel.arn().channelId()));
    }

    static Key listed(Channel channel) {
        return Key.of(channel.arn().channelId(), channel.incarnation());
    }

    static Key members(String incarnation, int shard) {
        return Key.builder().text(incarnation).number8(shard).build();
    }

    static Key members(String incarnation, UserArn member) {
        return members(incarnation, Pages.shardOf(member.toString()));
    }

    static Key member(UserArn member) {
        return Key.of(member.toString());
    }

    static byte[] row(Membership membership) {
        return new RowWriter(MEMBERSHIP_VERSION).text(membership.member().toString())
                .name(membership.type())
                .text(membership.invitedBy().toString())
                .time(membership.created())
                .toBytes();
    }

    static Membership membership(byte[] row) {
        var reader = new RowReader(row, MEMBERSHIP_VERSION);
        return new Membership(user(reader), reader.name(Membership.Type.class), user(reader), reader.time());
    }

    static Key channelsOf(UserArn member, int shard) {
        return Key.builder().text(member.toString()).number8(shard).build();
    }

    static Key channelsOf(UserArn member, MemberChannel channel) {
        return channelsOf(member, Pages.shardOf(channel.arn().channelId()));
    }

    static Key memberChannel(MemberChannel channel) {
        return Key.of(channel.arn().toString(), channel.incarnation());
    }

    static byte[] row(MemberChannel channel) {
        return new RowWriter(MEMBER_CHANNEL_VERSION).text(channel.arn().toString())
                .text(channel.incarnation())
                .toBytes();
    }

    static MemberChannel memberChannel(byte[] row) {
        var reader = new RowReader(row, MEMBER_CHANNEL_VERSION);
        return new MemberChannel(ChannelArn.parse(reader.text()).orElseThrow(), reader.text());
    }

    static Key moderators(String incarnation) {
        return Key.of(incarnation);
    }

    static byte[] row(Moderator moderator) {
        return new RowWriter(MODERATOR_VERSION).text(moderator.arn().toString())
                .text(moderator.createdBy().toString())
                .time(moderator.created())
                .toBytes();
    }

    private static UserArn user(RowReader reader) {
        return UserArn.parse(reader.text()).orElseThrow();
    }
}
