package bellframe.storage;

/// Every table of the store: what leads its partitions, what orders its rows, what a row holds.
///
/// Keys are built with [Key]; "channel" is a channel's incarnation id (a re-created channel shares nothing with its
/// predecessor). The wire id of a table is stored and must never change or be used again; 14 and 17 were.
public enum Table {
    /// `"meta"` → name of a fact about the store itself: format number, account, keys
    META(1),
    /// account, region → app instance id → the app instance
    APP_INSTANCES(2),
    /// account, region, app instance, shard → user id → the app instance user
    APP_INSTANCE_USERS(3),
    /// account, region, app instance → user ARN → since when that user is an app instance admin
    APP_INSTANCE_ADMINS(4),
    /// channel ARN → nothing → the channel; the row whose presence makes a channel exist
    CHANNELS(5),
    /// account, region, app instance, privacy, shard → channel id, channel → the same; written before CHANNELS
    CHANNELS_BY_APP_INSTANCE(6),
    /// channel, shard → member ARN → the membership
    MEMBERS_BY_CHANNEL(7),
    /// member ARN, shard → channel ARN, channel → the same; written with MEMBERS_BY_CHANNEL
    CHANNELS_BY_MEMBER(8),
    /// channel → moderator ARN → the moderator
    MODERATORS_BY_CHANNEL(9),
    /// channel → time bucket → nothing; which buckets of MESSAGES have ever held a row
    MESSAGE_BUCKETS(10),
    /// channel, time bucket → position → the message
    MESSAGES(11),
    /// channel, time bucket → sender ARN, client request token → what the send answered; in the batch of MESSAGES
    MESSAGE_TOKENS(12),
    /// channel, time bucket → nothing → the last position given; in the batch of MESSAGES
    CHANNEL_HEADS(13),
    /// resource ARN → tag key → tag value; a channel's share the partition of CHANNELS
    TAGS(15),
    /// moderator ARN, shard → channel ARN, channel → the same; written with MODERATORS_BY_CHANNEL
    CHANNELS_BY_MODERATOR(16),
    /// `"request-tokens"` → time bucket → nothing; which buckets of REQUEST_TOKENS have ever held a row
    REQUEST_TOKEN_BUCKETS(18),
    /// time bucket, shard → scope, caller, client request token → what a create operation set out to create
    REQUEST_TOKENS(19),
    /// `"purges"` → kind, ARN, incarnation → nothing; what was deleted and still has rows, written before the deletion
    PURGES(20),
    /// `"expirations"`, shard → ARN, incarnation → a time before which it does not expire; written before the settings
    EXPIRATIONS(21),
    /// account, region, app instance, shard → bot id → the app instance bot
    APP_INSTANCE_BOTS(22),
    /// user ARN → endpoint id → the app instance user endpoint
    USER_ENDPOINTS(23),
    /// account, region → app instance id → how long its messages are kept
    RETENTION_SETTINGS(24),
    /// account, region → app instance id → where its events are streamed to
    STREAMING_CONFIGURATIONS(25),
    /// channel, shard → banned ARN → the ban
    BANS_BY_CHANNEL(26),
    /// banned ARN, shard → channel ARN, channel → the same; written with BANS_BY_CHANNEL
    CHANNELS_BY_BANNED(27),
    /// channel, shard → member ARN → until when the member has read; in the partition of MEMBERS_BY_CHANNEL
    READ_MARKERS(28),
    /// channel, shard → member ARN → which pushes the member wants; in the partition of MEMBERS_BY_CHANNEL
    MEMBERSHIP_PREFERENCES(29),
    /// channel, shard → user ARN → the last position of a targeted message that the user may see
    TARGETED_HEADS(30),
    /// account, region, app instance → channel flow id → the channel flow
    CHANNEL_FLOWS(31),
    /// channel flow ARN, shard → channel ARN, channel → the same; written before CHANNELS
    CHANNELS_BY_FLOW(32),
    /// channel, or user ARN → position in the order of events → what happened, beside the sending of messages
    CHANGES(33),
    /// day, shard → channel, or user ARN → nothing; which partitions of CHANGES have rows of that day
    CHANGED(34),
    /// `"iam"`, account → user name in lower case → the IAM user, with its tags and policies
    IAM_USERS(35),
    /// `"iam"`, account → access key id → the key and whose it is; written with IAM_USERS
    IAM_ACCESS_KEYS(36),
    /// `"iam"`, account → role name in lower case → the IAM role, with its tags and policies
    IAM_ROLES(37),
    /// `"iam"`, account → the URL in lower case → the identity provider
    IDENTITY_PROVIDERS(38),
    /// channel, time bucket → kind, branch, position in the order of events → what is to be handed to whom; in the batch of
    /// what it is about, in the partition of MESSAGES. Or in that of CHANNELS: channel ARN → kind, branch, channel, position
    OUTBOX(39),
    /// `"outbox"`, shard → kind, channel, branch, place → the same; which partitions of OUTBOX may have rows
    OUTBOX_LANES(40),
    /// channel, time bucket → position → the run of a message through its channel's flow, or for a while that it ended; in
    /// the partition of MESSAGES
    FLOW_RUNS(41),
    /// `"flow-deadlines"`, day, shard → time, channel, position → the same; when to look at a row of FLOW_RUNS, written
    /// before it
    FLOW_DEADLINES(42);

    private final int wireId;

    Table(int wireId) {
        this.wireId = wireId;
    }

    /// The number that stands for this table on disk.
    public int wireId() {
        return wireId;
    }
}
