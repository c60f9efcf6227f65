package bellframe.channels;

import bellframe.events.ChannelEvent;
import bellframe.events.ChannelSnapshot;
import bellframe.events.EventDispatcher;
import bellframe.idempotency.RequestTokens;
import bellframe.identity.AppInstanceAdmins;
import bellframe.identity.AppInstanceUser;
import bellframe.identity.AppInstanceUsers;
import bellframe.identity.Bearer;
import bellframe.names.AppInstanceArn;
import bellframe.names.ChannelArn;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Batch;
import bellframe.storage.Commits;
import bellframe.storage.Key;
import bellframe.storage.Storage;
import bellframe.storage.StorageFailure;
import bellframe.storage.Table;
import bellframe.tags.Tags;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Creates, finds, changes and deletes channels, and tells what a user is to them.
///
/// A channel exists if its CHANNELS row is there and not marked deleted. Creation writes everything else first, under a
/// new incarnation that nothing refers to, and that row last: half a creation is never seen.
public final class Channels {

    private static final int CACHED_MAX = 100_000;
    private static final int LISTING_VERSION = 1;
    private static final int CHANNEL_ID_BYTES = 32;
    private static final int INCARNATION_BYTES = 16;

    private final Storage storage;
    private final Pages pages;
    private final RequestTokens tokens;
    private final AppInstanceUsers users;
    private final AppInstanceAdmins admins;
    private final Memberships memberships;
    private final Moderators moderators;
    private final ChannelHeads heads;
    private final EventDispatcher events;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final ChannelLocks creations = new ChannelLocks();
    private final Cache<ChannelArn, Optional<Channel>> cache = Caffeine.newBuilder().maximumSize(CACHED_MAX).build();

    public Channels(Storage storage, AppInstanceUsers users, AppInstanceAdmins admins, Memberships memberships,
            Moderators moderators, ChannelHeads heads, EventDispatcher events, InstantSource clock,
            RandomGenerator random) {
        this.storage = storage;
        this.pages = new Pages(storage);
        this.tokens = new RequestTokens(storage);
        this.users = users;
        this.admins = admins;
        this.memberships = memberships;
        this.moderators = moderators;
        this.heads = heads;
        this.events = events;
        this.clock = clock;
        this.random = random;
    }

    /// What the bearer is to a channel that it may see.
    ///
    /// @throws Refused with [Refusal#NOT_ALLOWED] if there is no such channel in the bearer's app instance or the bearer
    ///         may not know of it: which of the two, it must not learn
    public Standing standing(Bearer bearer, String channelArn) {
        Channel channel = ChannelArn.parse(channelArn)
                .filter(arn -> arn.appInstance().equals(bearer.arn().appInstance()))
                .map(this::find)
                .orElseThrow(() -> new Refused(Refusal.NOT_ALLOWED));
        var standing = new Standing(channel, bearer, admins.isAdmin(bearer.arn()),
                moderators.isModerator(channel, bearer.arn()), memberships.find(channel.incarnation(), bearer.arn()));
        Standing.require(standing.seesChannel());
        return standing;
    }

    public @Nullable Channel find(ChannelArn arn) {
        return cache.get(arn, this::load).filter(channel -> !channel.deleted()).orElse(null);
    }

    /// Creates a channel, once per token, with its creator as moderator and member.
    ///
    /// @throws Refused with [Refusal#CONFLICT] if the channel id is taken or the token was used for something else
    public Channel create(Bearer creator, NewChannel wanted, String token) {
        events.requireRoom();
        String channelId = wanted.channelId() == null ? hex(CHANNEL_ID_BYTES) : wanted.channelId();
        String plan = tokens.claim("CreateChannel " + wanted.appInstance(), creator.toString(), token,
                wanted.fingerprint(), hex(INCARNATION_BYTES) + channelId);
        Channel channel = planned(creator, wanted, plan);
        // One at a time, lest a retry prepares again what has been created and changed meanwhile.
        Lock lock = creations.of(channel.incarnation());
        lock.lock();
        try {
            Channel existing = load(channel.arn()).orElse(null);
            return existing == null ? create(channel, wanted) : sameOrConflict(existing, channel);
        } finally {
            lock.unlock();
        }
    }

    /// Channels of one privacy in a stable order.
    public Page<Channel> list(AppInstanceArn appInstance, Channel.Privacy privacy, byte @Nullable [] cursor,
            int limit) {
        return pages
                .sharded(Table.CHANNELS_BY_APP_INSTANCE, shard -> ChannelTables.listing(appInstance, privacy, shard),
                        cursor, limit)
                .map(row -> {
                    var reader = new RowReader(row.value(), LISTING_VERSION);
                    return find(new MemberChannel(new ChannelArn(appInstance, reader.text()), reader.text()));
                });
    }

    /// The channel of this incarnation, if it is still there.
    public @Nullable Channel find(MemberChannel reference) {
        Channel channel = find(reference.arn());
        return channel == null || !channel.incarnation().equals(reference.incarnation()) ? null : channel;
    }

    /// Changes what is not null; an empty metadata clears it.
    ///
    /// @throws Refused with [Refusal#NOT_ALLOWED] if the channel is gone
    public Channel update(Channel channel, @Nullable String name, Channel.@Nullable Mode mode,
            @Nullable String metadata) {
        events.requireRoom();
        return replace(channel, old -> old.changed(name == null ? old.name() : name, mode == null ? old.mode() : mode,
                metadata == null ? old.metadata() : metadata, now()));
    }

    /// Deletes the channel: at once it is gone for everybody.
    public void delete(Channel channel) {
        events.requireRoom();
        replace(channel, old -> old.gone(now()));
    }

    public ChannelSnapshot snapshot(Channel channel) {
        return new ChannelSnapshot(channel.arn().toString(), channel.name(), channel.mode().name(),
                channel.privacy().name(), channel.metadata(), users.identity(channel.createdBy()), channel.created(),
                channel.updated(), heads.lastMessage(channel.incarnation()));
    }

    /// The plan is the incarnation, then the channel id.
    private Channel planned(Bearer creator, NewChannel wanted, String plan) {
        int incarnationLength = 2 * INCARNATION_BYTES;
        var arn = new ChannelArn(wanted.appInstance(), plan.substring(incarnationLength));
        Instant now = now();
        return new Channel(arn, plan.substring(0, incarnationLength), wanted.name(), wanted.mode(), wanted.privacy(),
                wanted.metadata(), creator.arn(), now, now, false);
    }

    private Channel create(Channel channel, NewChannel wanted) {
        Set<UserArn> members = withCreator(channel, wanted.members());
        storage.commit(preparation(channel, members, wanted));
        Key partition = ChannelTables.channel(channel.arn());
        var creation = new Batch().requireAbsent(Table.CHANNELS, partition, Key.EMPTY)
                .put(Table.CHANNELS, partition, Key.EMPTY, ChannelTables.row(channel));
        Tags.record(creation, channel.arn().toString(), wanted.tags());
        var joined = members.stream()
                .map(member -> new ChannelEvent.MembershipCreated(channel.incarnation(),
                        memberships.snapshot(channel.arn().toString(), firstMembership(channel, member))))
                .toList();
        boolean created = commit(channel.arn(), creation, joined);
        memberships.removeLeavers(channel, members);
        return created ? channel : lost(channel, members, wanted);
    }

    private Batch preparation(Channel channel, Set<UserArn> members, NewChannel wanted) {
        var batch = new Batch();
        batch.put(Table.CHANNELS_BY_APP_INSTANCE, ChannelTables.listing(channel), ChannelTables.listed(channel),
                new RowWriter(LISTING_VERSION).text(channel.arn().channelId()).text(channel.incarnation()).toBytes());
        members.forEach(member -> memberships.record(batch, channel, firstMembership(channel, member)));
        withCreator(channel, wanted.moderators()).forEach(user -> moderators.record(batch, channel, user));
        return batch;
    }

    /// Another creation of the same channel id came first: that of a retry of this very call, or another channel's,
    /// and then what was prepared for this one is removed.
    private Channel lost(Channel channel, Set<UserArn> members, NewChannel wanted) {
        Channel winner = load(channel.arn()).orElseThrow(() -> new Refused(Refusal.CONFLICT));
        if (!winner.incarnation().equals(channel.incarnation())) {
            var removal = new Batch();
            preparation(channel, members, wanted).writes()
                    .forEach(write -> removal.delete(write.table(), write.partition(), write.row()));
            storage.commit(removal);
        }
        return sameOrConflict(winner, channel);
    }

    private static Channel sameOrConflict(Channel existing, Channel planned) {
        if (!existing.incarnation().equals(planned.incarnation())) {
            throw new Refused(Refusal.CONFLICT, "A channel with this id exists.");
        }
        return existing;
    }

    private static Set<UserArn> withCreator(Channel channel, List<AppInstanceUser> others) {
        var arns = new LinkedHashSet<UserArn>();
        arns.add(channel.createdBy());
        others.forEach(user -> arns.add(user.arn()));
        return arns;
    }

    private static Membership firstMembership(Channel channel, UserArn member) {
        return new Membership(member, Membership.Type.DEFAULT, channel.createdBy(), channel.created());
    }

    private Channel replace(Channel channel, UnaryOperator<Channel> change) {
        Key partition = ChannelTables.channel(channel.arn());
        while (true) {
            byte[] before = storage.get(Table.CHANNELS, partition, Key.EMPTY);
            if (before == null) {
                throw new Refused(Refusal.NOT_ALLOWED);
            }
            Channel old = ChannelTables.channel(channel.arn(), before);
            Standing.require(!old.deleted() && old.incarnation().equals(channel.incarnation()));
            Channel changed = change.apply(old);
            ChannelEvent event = changed.deleted()
                    ? new ChannelEvent.ChannelDeleted(old.incarnation(), snapshot(old))
                    : new ChannelEvent.ChannelUpdated(old.incarnation(), snapshot(changed));
            var batch = new Batch().requireEqual(Table.CHANNELS, partition, Key.EMPTY, before)
                    .put(Table.CHANNELS, partition, Key.EMPTY, ChannelTables.row(changed));
            if (commit(channel.arn(), batch, List.of(event))) {
                return changed;
            }
        }
    }

    /// Commits a change of the channel, forgets what is remembered of it and tells what happened.
    private boolean commit(ChannelArn changed, Batch batch, List<? extends ChannelEvent> told) {
        try {
            return Commits.await(storage.submit(batch, () -> {
                cache.invalidate(changed);
                told.forEach(events::publish);
            }));
        } catch (StorageFailure unknown) {
            cache.invalidate(changed);
            throw unknown;
        }
    }

    private Optional<Channel> load(ChannelArn arn) {
        byte[] row = storage.get(Table.CHANNELS, ChannelTables.channel(arn), Key.EMPTY);
        return row == null ? Optional.empty() : Optional.of(ChannelTables.channel(arn, row));
    }

    private String hex(int bytes) {
        byte[] digits = new byte[bytes];
        random.nextBytes(digits);
        return HexFormat.of().formatHex(digits);
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
