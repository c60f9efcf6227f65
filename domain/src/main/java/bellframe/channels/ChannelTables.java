package bellframe.channels;

import bellframe.expiration.Expiration;
import bellframe.names.AppInstanceArn;
import bellframe.names.ChannelArn;
import bellframe.names.ChannelFlowArn;
import bellframe.names.EventPosition;
import bellframe.names.Position;
import bellframe.names.UserArn;
import bellframe.rows.Pages;
import bellframe.rows.Records;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Key;
import java.time.Instant;
import java.util.function.Function;

/// Keys and rows of CHANNELS and of the tables of what belongs to channels, except those of their messages.
final class ChannelTables {

    private static final int CHANNEL_VERSION = 3;
    private static final int MEMBERSHIP_VERSION = 1;
    private static final int MEMBER_CHANNEL_VERSION = 1;
    private static final int MODERATOR_VERSION = 1;
    private static final int BAN_VERSION = 1;
    private static final int PREFERENCES_VERSION = 1;
    private static final int READ_MARKER_VERSION = 1;
    private static final int TARGETED_HEAD_VERSION = 1;

    static final Records.Layout<ChannelArn, Channel> CHANNELS = new Records.Layout<>(ChannelTables::channel,
            _ -> Key.EMPTY, ChannelTables::row, ChannelTables::channel);

    static final Records.Layout<Place, Membership> MEMBERSHIPS = beside(ChannelTables::row, ChannelTables::membership);

    static final Records.Layout<Place, Ban> BANS = beside(ChannelTables::row, ChannelTables::ban);

    static final Records.Layout<Place, Instant> READ_MARKERS = beside(ChannelTables::row, ChannelTables::readMarker);

    static final Records.Layout<Place, MembershipPreferences> PREFERENCES = beside(ChannelTables::row,
            ChannelTables::preferences);

    static final Records.Layout<Place, Moderator> MODERATORS = new Records.Layout<>(
            place -> moderators(place.incarnation()), place -> member(place.user()), ChannelTables::row,
            (_, row) -> moderator(row));

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
                .optional(channel.flow(), (row, flow) -> row.text(flow.toString()))
                .optional(channel.expiration(), Expiration::write)
                .optional(channel.told(), (row, told) -> row.number(told.micros()))
                .toBytes();
    }

    static Channel channel(ChannelArn arn, byte[] row) {
        var reader = new RowReader(row, CHANNEL_VERSION);
        String incarnation = reader.text();
        String name = reader.text();
        var mode = reader.name(Channel.Mode.class);
        var privacy = reader.name(Channel.Privacy.class);
        String metadata = reader.optional(RowReader::text);
        UserArn createdBy = user(reader);
        Instant created = reader.time();
        Instant updated = reader.time();
        boolean deleted = reader.flag();
        int version = reader.version();
        ChannelFlowArn flow = version < 2
                ? null
                : reader.optional(text -> ChannelFlowArn.parse(text.text()).orElseThrow());
        Expiration expiration = version < 2 ? null : reader.optional(Expiration::read);
        EventPosition told = version < 3 ? null : reader.optional(number -> new EventPosition(number.number()));
        return new Channel(arn, incarnation, name, mode, privacy, metadata, flow, expiration, createdBy, created,
                updated, deleted, told);
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

    static Key listing(ChannelArn arn, Channel.Privacy privacy) {
        return listing(arn.appInstance(), privacy, Pages.shardOf(arn.channelId()));
    }

    static Key listed(MemberChannel channel) {
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

    /// What lies where memberships lie.
    private static <V> Records.Layout<Place, V> beside(Function<V, byte[]> write, Function<byte[], V> read) {
        return new Records.Layout<>(place -> members(place.incarnation(), place.user()),
                place -> member(place.user()), write, (_, row) -> read.apply(row));
    }

    static Moderator moderator(byte[] row) {
        var reader = new RowReader(row, MODERATOR_VERSION);
        return new Moderator(user(reader), user(reader), reader.time());
    }

    static byte[] row(Ban ban) {
        return new RowWriter(BAN_VERSION).text(ban.member().toString())
                .text(ban.createdBy().toString())
                .time(ban.created())
                .toBytes();
    }

    static Ban ban(byte[] row) {
        var reader = new RowReader(row, BAN_VERSION);
        return new Ban(user(reader), user(reader), reader.time());
    }

    static byte[] row(MembershipPreferences preferences) {
        return new RowWriter(PREFERENCES_VERSION).name(preferences.allowNotifications())
                .optional(preferences.filterRule(), RowWriter::text)
                .toBytes();
    }

    static MembershipPreferences preferences(byte[] row) {
        var reader = new RowReader(row, PREFERENCES_VERSION);
        return new MembershipPreferences(reader.name(MembershipPreferences.AllowNotifications.class),
                reader.optional(RowReader::text));
    }

    static byte[] row(Instant readMarker) {
        return new RowWriter(READ_MARKER_VERSION).time(readMarker).toBytes();
    }

    static Instant readMarker(byte[] row) {
        return new RowReader(row, READ_MARKER_VERSION).time();
    }

    static byte[] row(Position targetedHead) {
        return new RowWriter(TARGETED_HEAD_VERSION).number(targetedHead.micros()).toBytes();
    }

    static Position targetedHead(byte[] row) {
        return new Position(new RowReader(row, TARGETED_HEAD_VERSION).number());
    }

    static Key channelsOf(ChannelFlowArn flow, int shard) {
        return Key.builder().text(flow.toString()).number8(shard).build();
    }

    static Key channelsOf(ChannelFlowArn flow, MemberChannel channel) {
        return channelsOf(flow, Pages.shardOf(channel.arn().channelId()));
    }

    private static UserArn user(RowReader reader) {
        return UserArn.parse(reader.text()).orElseThrow();
    }
}
