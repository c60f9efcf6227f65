package bellframe.channels;

import bellframe.changes.Change;
import bellframe.changes.ChangeLog;
import bellframe.changes.EventOrder;
import bellframe.events.ChannelEvent;
import bellframe.events.ChannelSnapshot;
import bellframe.events.EventDispatcher;
import bellframe.expiration.Expiration;
import bellframe.expiration.Expirations;
import bellframe.idempotency.RequestTokens;
import bellframe.identity.Actor;
import bellframe.identity.Actors;
import bellframe.identity.AppInstanceAdmins;
import bellframe.identity.AppInstances;
import bellframe.identity.Bearer;
import bellframe.limits.Counter;
import bellframe.limits.Limit;
import bellframe.names.AppInstanceArn;
import bellframe.names.ChannelArn;
import bellframe.names.ChannelFlowArn;
import bellframe.names.EventPosition;
import bellframe.names.UserArn;
import bellframe.purges.Purge;
import bellframe.purges.Purges;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.rows.Records;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.rows.StripedLocks;
import bellframe.storage.Batch;
import bellframe.storage.Commits;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Storage;
import bellframe.storage.StorageFailure;
import bellframe.storage.Table;
import bellframe.tags.Tags;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Creates, finds, changes and deletes channels, and tells what a user is to them.
///
/// A channel exists if its CHANNELS row is there and not marked deleted. Creation writes everything else first, under a
/// new incarnation that nothing refers to, and that row last: half a creation is never seen. What is left of one whose
/// channel never came to be is removed with its app instance.
public final class Channels {

    private static final int LISTING_VERSION = 1;
    private static final int CHANNEL_ID_BYTES = 32;
    private static final int INCARNATION_BYTES = 16;

    private final Storage storage;
    private final Pages pages;
    private final RequestTokens tokens;
    private final Expirations expirations;
    private final Purges purges;
    private final AppInstances appInstances;
    private final Actors actors;
    private final AppInstanceAdmins admins;
    private final ChannelRecords records;
    private final Memberships memberships;
    private final Moderators moderators;
    private final Bans bans;
    private final LastMessages lastMessages;
    private final EventOrder order;
    private final ChangeLog changes;
    private final EventDispatcher events;
    private final ChannelExports exports;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final StripedLocks creations = new StripedLocks();
    /// Held while it is set or looked at when a channel expires.
    private final StripedLocks expiring = new StripedLocks();
    private final Counter<AppInstanceArn> counter;

    public Channels(Storage storage, RequestTokens tokens, Expirations expirations, Purges purges,
            AppInstances appInstances, Actors actors, AppInstanceAdmins admins, ChannelRecords records,
            Memberships memberships, Moderators moderators, Bans bans, LastMessages lastMessages,
            EventOrder order, ChangeLog changes, EventDispatcher events, ChannelExports exports, InstantSource clock,
            RandomGenerator random) {
        this.storage = storage;
        this.pages = new Pages(storage);
        this.tokens = tokens;
        this.expirations = expirations;
        this.purges = purges;
        this.appInstances = appInstances;
        this.actors = actors;
        this.admins = admins;
        this.records = records;
        this.memberships = memberships;
        this.moderators = moderators;
        this.bans = bans;
        this.lastMessages = lastMessages;
        this.order = order;
        this.changes = changes;
        this.events = events;
        this.exports = exports;
        this.clock = clock;
        this.random = random;
        this.counter = new Counter<>(storage, Limit.CHANNELS, Table.CHANNELS_BY_APP_INSTANCE, Channels::listings);
    }

    /// What the bearer is to a channel that it may see.
    ///
    /// @throws Refused with [Refusal#NOT_ALLOWED] if there is no such channel in the bearer's app instance or the bearer
    ///         may not know of it: which of the two, it must not learn
    public Standing standing(Bearer bearer, String channelArn) {
        Standing standing = anyStanding(bearer, channelArn);
        standing.require(Action.DESCRIBE_CHANNEL);
        return standing;
    }

    /// What the bearer is to a channel, also if it may not see it any more.
    ///
    /// @throws Refused with [Refusal#NOT_ALLOWED] if there is no such channel in the bearer's app instance
    public Standing anyStanding(Bearer bearer, String channelArn) {
        Channel channel = ChannelArn.parse(channelArn)
                .filter(arn -> arn.appInstance().equals(bearer.arn().appInstance()))
                .map(this::find)
                .orElseThrow(() -> new Refused(Refusal.NOT_ALLOWED));
        String incarnation = channel.incarnation();
        Membership membership = memberships.find(incarnation, bearer.arn());
        // Nobody is banned and a member.
        boolean banned = membership == null && bans.isBanned(incarnation, bearer.arn());
        return new Standing(channel, bearer, admins.isAdmin(bearer.arn()),
                moderators.isModerator(channel, bearer.arn()), membership, banned);
    }

    public @Nullable Channel find(ChannelArn arn) {
        return appInstances.find(arn.appInstance()) == null ? null : records.find(arn);
    }

    /// The channel of this incarnation, if it is still there.
    public @Nullable Channel find(MemberChannel reference) {
        Channel channel = find(reference.arn());
        return channel == null || !channel.incarnation().equals(reference.incarnation()) ? null : channel;
    }

    /// Creates a channel, once per token, with its creator as moderator and member.
    ///
    /// @throws Refused with [Refusal#CONFLICT] if the channel id is taken or the token was used for something else, or
    ///         with [Refusal#RESOURCE_LIMIT_EXCEEDED]
    public Channel create(Bearer creator, NewChannel wanted, String token) {
        events.requireRoom();
        String channelId = wanted.channelId() == null ? hex(CHANNEL_ID_BYTES) : wanted.channelId();
        RequestTokens.Claim claim = tokens.claim("CreateChannel " + wanted.appInstance(), creator.toString(), token,
                wanted.fingerprint(), hex(INCARNATION_BYTES) + channelId);
        Channel channel = planned(creator, wanted, claim.plan());
        // One at a time, lest a retry prepares again what has been created and changed meanwhile.
        Lock lock = creations.of(channel.incarnation());
        lock.lock();
        try {
            Records.Stored<Channel> existing = records.read(channel.arn());
            if (existing != null) {
                Channel same = sameOrConflict(existing.value(), channel);
                tokens.done(claim);
                return same;
            }
            claim.requireNotDone("The channel");
            Channel created = create(channel, wanted);
            tokens.done(claim);
            return created;
        } finally {
            lock.unlock();
        }
    }

    /// Channels of one privacy in a stable order.
    public Page<Channel> list(AppInstanceArn appInstance, Channel.Privacy privacy, byte @Nullable [] cursor,
            int limit) {
        return listed(appInstance, privacy, cursor, limit).map(this::find);
    }

    /// The channels that a flow is associated with, in a stable order.
    public Page<Channel> list(ChannelFlowArn flow, byte @Nullable [] cursor, int limit) {
        return pages
                .sharded(Table.CHANNELS_BY_FLOW, shard -> ChannelTables.channelsOf(flow, shard), cursor, limit)
                .map(row -> {
                    Channel channel = find(ChannelTables.memberChannel(row.value()));
                    return channel == null || !flow.equals(channel.flow()) ? null : channel;
                });
    }

    /// Changes what is not null; an empty metadata clears it.
    ///
    /// @throws Refused with [Refusal#NOT_ALLOWED] if the channel is gone
    public Channel update(Channel channel, @Nullable String name, Channel.@Nullable Mode mode,
            @Nullable String metadata) {
        events.requireRoom();
        return replaceAndTell(channel, old -> old.changed(name == null ? old.name() : name,
                mode == null ? old.mode() : mode, metadata == null ? old.metadata() : metadata, now()),
                "UPDATE_CHANNEL", this::snapshot, ChannelEvent.ChannelUpdated::new);
    }

    /// Sets when the channel is to be deleted by itself; null for never.
    ///
    /// @throws Refused with [Refusal#NOT_ALLOWED] if the channel is gone
    public Channel expire(Channel channel, @Nullable Expiration expiration) {
        Lock lock = expiring.of(channel.arn().toString());
        lock.lock();
        try {
            Records.Stored<Channel> stored = records.read(channel.arn());
            if (expiration != null && stored != null) {
                noteExpiration(stored.value(), expiration);
            }
            return replaceAndTell(channel, old -> old.expiring(expiration, now()),
                    "UPDATE_CHANNEL_EXPIRATION_SETTINGS", this::snapshot, null);
        } finally {
            lock.unlock();
        }
    }

    /// Runs the channel's messages through a flow from now on.
    ///
    /// @throws Refused with [Refusal#NOT_ALLOWED] if the channel is gone, or [Refusal#CONFLICT] if it has another flow
    public void associate(Channel channel, ChannelFlowArn flow) {
        storage.commit(new Batch().put(Table.CHANNELS_BY_FLOW, ChannelTables.channelsOf(flow, channel.reference()),
                ChannelTables.memberChannel(channel.reference()), ChannelTables.row(channel.reference())));
        try {
            replace(channel, old -> {
                if (old.flow() != null && !old.flow().equals(flow)) {
                    throw new Refused(Refusal.CONFLICT, "The channel is associated with another channel flow.");
                }
                return old.flow() != null ? old : old.flowing(flow, now());
            });
        } catch (Refused refused) {
            unlist(channel.reference(), flow);
            throw refused;
        }
    }

    /// Ends the association.
    ///
    /// @throws Refused with [Refusal#NOT_ALLOWED] if the channel is gone, or [Refusal#NOT_FOUND] if it does not have that
    ///         flow
    public void disassociate(Channel channel, ChannelFlowArn flow) {
        replace(channel, old -> {
            if (!flow.equals(old.flow())) {
                throw new Refused(Refusal.NOT_FOUND, "The channel is not associated with the channel flow.");
            }
            return old.flowing(null, now());
        });
        unlist(channel.reference(), flow);
    }

    /// Deletes the channel: at once it is gone for everybody.
    public void delete(Channel channel) {
        events.requireRoom();
        remove(channel);
    }

    private void remove(Channel channel) {
        var purge = purge(channel.reference());
        purges.plan(purge);
        try {
            ChannelSnapshot before = snapshot(channel);
            memberships.whileNobodyJoins(channel, () -> replaceAndTell(channel, old -> old.gone(now()),
                    "DELETE_CHANNEL", _ -> before, ChannelEvent.ChannelDeleted::new));
        } finally {
            purges.begin(purge);
        }
    }

    /// Deletes the channel if its time has come.
    public void deleteIfDue(Expirations.Candidate candidate) {
        Lock lock = expiring.of(candidate.arn());
        lock.lock();
        try {
            MemberChannel reference = reference(candidate.arn(), candidate.incarnation());
            Records.Stored<Channel> stored = isGone(reference) ? null : records.read(reference.arn());
            Expiration expiration = stored == null ? null : stored.value().expiration();
            if (stored == null || expiration == null) {
                expirations.forget(candidate);
                return;
            }
            Channel channel = stored.value();
            Instant due = expiration.dueAt(channel.created(), lastMessages.everForAll(channel));
            if (due.isAfter(now())) {
                expirations.note(candidate, due);
            } else {
                delete(channel);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Whether there is no such channel that anybody could reach.
    public boolean isGone(MemberChannel reference) {
        Records.Stored<Channel> stored = records.read(reference.arn());
        return stored == null || stored.value().deleted()
                || !stored.value().incarnation().equals(reference.incarnation());
    }

    /// Removes the rows of a channel that is gone: at the end the CHANNELS row, until then its channel id is taken, and then
    /// the one that lists it, by which the purge of an app instance finds what a crash left.
    ///
    /// @param heads what its messages are removed with
    public void purge(MemberChannel reference, ChannelHeads heads) {
        memberships.purge(reference, deletion(reference));
        moderators.purge(reference);
        bans.purge(reference);
        heads.purge(reference.incarnation());
        changes.erase(reference.incarnation());
        expirations.forget(new Expirations.Candidate(reference.arn().toString(), reference.incarnation()));
        Records.Stored<Channel> stored = records.read(reference.arn());
        if (stored != null && stored.value().incarnation().equals(reference.incarnation())) {
            if (stored.value().flow() != null) {
                unlist(reference, stored.value().flow());
            }
            removeRow(reference.arn(), stored);
        }
        var listing = new Batch();
        Counter.Count before = counter.known(reference.arn().appInstance());
        boolean listed = isListed(reference);
        Arrays.stream(Channel.Privacy.values())
                .forEach(privacy -> listing.delete(Table.CHANNELS_BY_APP_INSTANCE,
                        ChannelTables.listing(reference.arn(), privacy), ChannelTables.listed(reference)));
        storage.commit(listing);
        if (listed) {
            counter.give(reference.arn().appInstance(), before);
        }
    }

    /// What those who are away will be told of a channel that is gone; null for nothing.
    private @Nullable Change deletion(MemberChannel reference) {
        Records.Stored<Channel> stored = records.read(reference.arn());
        return stored == null || !stored.value().incarnation().equals(reference.incarnation())
                ? null
                : MissedChannels.deletion(stored.value());
    }

    private boolean isListed(MemberChannel reference) {
        return Arrays.stream(Channel.Privacy.values())
                .anyMatch(privacy -> storage.get(Table.CHANNELS_BY_APP_INSTANCE,
                        ChannelTables.listing(reference.arn(), privacy), ChannelTables.listed(reference)) != null);
    }

    /// Marks a channel deleted that went with its app instance.
    public void bury(MemberChannel reference) {
        Channel channel = records.find(reference.arn());
        if (channel != null && channel.incarnation().equals(reference.incarnation())) {
            replace(channel, old -> old.gone(now()));
        }
    }

    /// Does something with every channel that an app instance has, or was about to have.
    public void forEach(AppInstanceArn appInstance, Consumer<MemberChannel> action) {
        for (Channel.Privacy privacy : Channel.Privacy.values()) {
            Pages.forEach(cursor -> listed(appInstance, privacy, cursor, Pages.SWEEP_ROWS), action);
        }
    }

    /// The same with many of them at once, for what writes to each.
    public void forEachAtOnce(AppInstanceArn appInstance, Consumer<MemberChannel> action) {
        for (Channel.Privacy privacy : Channel.Privacy.values()) {
            Pages.forEachAtOnce(cursor -> listed(appInstance, privacy, cursor, Pages.SWEEP_ROWS), action);
        }
    }

    /// The channel as every member sees it.
    public ChannelSnapshot snapshot(Channel channel) {
        return snapshot(channel, lastMessages.forAll(channel));
    }

    /// The channel as one user sees it.
    public ChannelSnapshot snapshot(Channel channel, UserArn viewer) {
        return snapshot(channel, lastMessages.forViewer(channel, viewer));
    }

    /// A channel whose messages are gone too.
    ChannelSnapshot snapshotOfGone(Channel channel) {
        return snapshot(channel, (Instant) null);
    }

    private ChannelSnapshot snapshot(Channel channel, @Nullable Instant lastMessage) {
        Expiration expiration = channel.expiration();
        ChannelFlowArn flow = channel.flow();
        return new ChannelSnapshot(channel.arn().toString(), channel.name(), channel.mode().name(),
                channel.privacy().name(), channel.metadata(), flow == null ? null : flow.toString(),
                expiration == null
                        ? null
                        : new ChannelSnapshot.Expiry(expiration.days(), expiration.criterion().name()),
                actors.identity(channel.createdBy()), channel.created(), channel.updated(), lastMessage);
    }

    private static Purge purge(MemberChannel reference) {
        return new Purge(Purge.Kind.CHANNEL, reference.arn().toString(), reference.incarnation());
    }

    private static MemberChannel reference(String arn, String incarnation) {
        return new MemberChannel(ChannelArn.parse(arn).orElseThrow(), incarnation);
    }

    private static MemberChannel listed(AppInstanceArn appInstance, Row row) {
        var reader = new RowReader(row.value(), LISTING_VERSION);
        return new MemberChannel(new ChannelArn(appInstance, reader.text()), reader.text());
    }

    /// The channels that an app instance has, or was about to have, in a stable order.
    public Page<MemberChannel> listed(AppInstanceArn appInstance, Channel.Privacy privacy, byte @Nullable [] cursor,
            int limit) {
        return pages
                .sharded(Table.CHANNELS_BY_APP_INSTANCE, shard -> ChannelTables.listing(appInstance, privacy, shard),
                        cursor, limit)
                .map(row -> listed(appInstance, row));
    }

    private static List<Key> listings(AppInstanceArn appInstance) {
        return Arrays.stream(Channel.Privacy.values())
                .flatMap(privacy -> Pages.shards(shard -> ChannelTables.listing(appInstance, privacy, shard)).stream())
                .toList();
    }

    /// The plan is the incarnation, then the channel id.
    private Channel planned(Bearer creator, NewChannel wanted, String plan) {
        int incarnationLength = 2 * INCARNATION_BYTES;
        var arn = new ChannelArn(wanted.appInstance(), plan.substring(incarnationLength));
        Instant now = now();
        return new Channel(arn, plan.substring(0, incarnationLength), wanted.name(), wanted.mode(), wanted.privacy(),
                wanted.metadata(), null, wanted.expiration(), creator.arn(), now, now, false, null);
    }

    private Channel create(Channel channel, NewChannel wanted) {
        Set<UserArn> members = withCreator(channel, wanted.members());
        Set<UserArn> appointed = withCreator(channel, wanted.moderators());
        counter.take(channel.arn().appInstance());
        boolean created = false;
        try {
            memberships.takeRoom(members);
            storage.commit(preparation(channel, members, appointed));
            if (channel.expiration() != null) {
                noteExpiration(channel, channel.expiration());
            }
            created = writeRow(channel, members, appointed, wanted);
        } finally {
            if (!created) {
                counter.forget(channel.arn().appInstance());
                memberships.recount(members);
            }
        }
        memberships.removeLeavers(channel, members);
        appointed.stream()
                .filter(moderator -> actors.find(moderator) == null)
                .forEach(leaver -> moderators.remove(channel.reference(), leaver));
        // An app instance deleted meanwhile may have been purged without this channel.
        if (appInstances.find(channel.arn().appInstance()) == null) {
            remove(channel);
            throw new Refused(Refusal.NOT_ALLOWED);
        }
        return created ? channel : lost(channel, members, appointed);
    }

    private boolean writeRow(Channel channel, Set<UserArn> members, Set<UserArn> appointed, NewChannel wanted) {
        Key partition = ChannelTables.channel(channel.arn());
        var creation = new Batch().requireAbsent(Table.CHANNELS, partition, Key.EMPTY)
                .put(Table.CHANNELS, partition, Key.EMPTY, ChannelTables.row(channel));
        Tags.record(creation, channel.arn().toString(), wanted.tags());
        List<Membership> joined = members.stream().map(member -> firstMembership(channel, member)).toList();
        List<ChannelEvent> told = memberships.joined(channel, joined);
        return exports.exporting(channel.reference(), adding -> {
            adding.announce(ChannelExports.place(channel.arn()));
            List<Supplier<byte[]>> exported = creationRecords(channel, joined, appointed);
            return written(channel.arn(), () -> adding.written(order.next(exported.size(), first -> {
                for (int i = 0; i < exported.size(); i++) {
                    ChannelExports.putAnnounced(adding, creation, first.plus(i), channel.arn(), exported.get(i));
                }
                EventPosition firstJoined = first.plus(1);
                var note = new Batch();
                MissedChannels.noteJoined(note, channel.incarnation(), joined, firstJoined, false);
                return changes.submit(note, creation, () -> {
                    records.forget(channel.arn());
                    events.publishAll(firstJoined, told);
                });
            })));
        });
    }

    /// What consumers of streams read of a channel that comes to be: the channel, then its members, then its moderators.
    private List<Supplier<byte[]>> creationRecords(Channel channel, List<Membership> joined, Set<UserArn> appointed) {
        var records = new ArrayList<Supplier<byte[]>>();
        records.add(() -> ChannelShapes.record("CREATE_CHANNEL", snapshotOfGone(channel)));
        joined.forEach(membership -> records.add(() -> memberships.joinedRecord(channel, membership)));
        appointed.forEach(user -> records.add(() -> ChannelShapes.record("CREATE_CHANNEL_MODERATOR",
                ChannelShapes.moderator(channel.arn(), firstAppointment(channel, user), actors))));
        return records;
    }

    private static Moderator firstAppointment(Channel channel, UserArn user) {
        return new Moderator(user, channel.createdBy(), channel.created());
    }

    private Batch preparation(Channel channel, Set<UserArn> members, Set<UserArn> appointed) {
        var batch = new Batch();
        batch.put(Table.CHANNELS_BY_APP_INSTANCE, ChannelTables.listing(channel.arn(), channel.privacy()),
                ChannelTables.listed(channel.reference()),
                new RowWriter(LISTING_VERSION).text(channel.arn().channelId()).text(channel.incarnation()).toBytes());
        members.forEach(member -> memberships.record(batch, channel, firstMembership(channel, member)));
        appointed.forEach(user -> moderators.record(batch, channel, firstAppointment(channel, user)));
        return batch;
    }

    /// Another creation of the same channel id came first: that of a retry of this very call, or another channel's,
    /// and then what was prepared for this one is removed.
    private Channel lost(Channel channel, Set<UserArn> members, Set<UserArn> appointed) {
        Records.Stored<Channel> winner = records.read(channel.arn());
        if (winner == null || !winner.value().incarnation().equals(channel.incarnation())) {
            var removal = new Batch();
            preparation(channel, members, appointed).writes()
                    .forEach(write -> removal.delete(write.table(), write.partition(), write.row()));
            storage.commit(removal);
            changes.erase(channel.incarnation());
            expirations.forget(new Expirations.Candidate(channel.arn().toString(), channel.incarnation()));
        }
        if (winner == null) {
            throw new Refused(Refusal.CONFLICT);
        }
        return sameOrConflict(winner.value(), channel);
    }

    private static Channel sameOrConflict(Channel existing, Channel planned) {
        if (!existing.incarnation().equals(planned.incarnation())) {
            throw new Refused(Refusal.CONFLICT, "A channel with this id exists.");
        }
        if (existing.deleted()) {
            throw new Refused(Refusal.CONFLICT, "The channel that the ClientRequestToken created was deleted.");
        }
        return existing;
    }

    private static Set<UserArn> withCreator(Channel channel, List<Actor> others) {
        var arns = new LinkedHashSet<UserArn>();
        arns.add(channel.createdBy());
        others.forEach(user -> arns.add(user.arn()));
        return arns;
    }

    private static Membership firstMembership(Channel channel, UserArn member) {
        return new Membership(member, Membership.Type.DEFAULT, channel.createdBy(), channel.created());
    }

    private void noteExpiration(Channel channel, Expiration expiration) {
        Instant lastMessage = lastMessages.everForAll(channel);
        Instant due = expiration.dueAt(channel.created(), lastMessage);
        Expiration old = channel.expiration();
        Instant dueBefore = old == null ? due : old.dueAt(channel.created(), lastMessage);
        expirations.note(new Expirations.Candidate(channel.arn().toString(), channel.incarnation()),
                dueBefore.isBefore(due) ? dueBefore : due);
    }

    private void unlist(MemberChannel channel, ChannelFlowArn flow) {
        storage.commit(new Batch().delete(Table.CHANNELS_BY_FLOW, ChannelTables.channelsOf(flow, channel),
                ChannelTables.memberChannel(channel)));
    }

    /// Removes the row and with it the tags, which share its partition.
    private void removeRow(ChannelArn arn, Records.Stored<Channel> stored) {
        Key partition = ChannelTables.channel(arn);
        var removal = new Batch().requireEqual(Table.CHANNELS, partition, Key.EMPTY, stored.row())
                .delete(Table.CHANNELS, partition, Key.EMPTY);
        Tags.removeAll(removal, storage, arn.toString());
        written(arn, () -> Commits.await(submit(arn, removal, () -> {
        })));
    }

    /// Changes the channel as if nobody else changed it meanwhile, and tells nobody.
    private Channel replace(Channel channel, UnaryOperator<Channel> change) {
        return replace(channel, change,
                changed -> Commits.await(submit(channel.arn(), batch(channel, changed), () -> {
                })));
    }

    /// Changes the channel as if nobody else changed it meanwhile.
    ///
    /// @param exported the event as consumers of streams name it
    /// @param shown makes what is told out of the channel after the change
    /// @param event what sessions are told; null for nothing
    private Channel replaceAndTell(Channel channel, UnaryOperator<Channel> change, String exported,
            Function<Channel, ChannelSnapshot> shown,
            @Nullable BiFunction<String, ChannelSnapshot, ChannelEvent> event) {
        return exports.exporting(channel.reference(), adding -> {
            adding.announce(ChannelExports.place(channel.arn()));
            return replace(channel, change, changed -> {
                ChannelSnapshot told = shown.apply(changed.after());
                return adding.written(order.next(position -> {
                    Batch batch = batch(channel, event == null ? changed : changed.toldAt(position));
                    ChannelExports.putAnnounced(adding, batch, position, channel.arn(),
                            () -> ChannelShapes.record(exported, told));
                    return submit(channel.arn(), batch, () -> {
                        if (event != null) {
                            events.publish(position, event.apply(channel.incarnation(), told));
                        }
                    });
                }));
            });
        });
    }

    /// A change of a channel, and the row it changes.
    private record Replacement(byte[] before, Channel after) {

        Replacement toldAt(EventPosition position) {
            return new Replacement(before, after.toldAt(position));
        }
    }

    private Channel replace(Channel channel, UnaryOperator<Channel> change,
            Predicate<Replacement> attempt) {
        while (true) {
            Records.Stored<Channel> old = records.read(channel.arn());
            if (old == null || old.value().deleted() || !old.value().incarnation().equals(channel.incarnation())) {
                throw new Refused(Refusal.NOT_ALLOWED);
            }
            Channel changed = change.apply(old.value());
            if (changed.equals(old.value())
                    || written(channel.arn(), () -> attempt.test(new Replacement(old.row(), changed)))) {
                return changed;
            }
        }
    }

    private static Batch batch(Channel channel, Replacement replacement) {
        Key partition = ChannelTables.channel(channel.arn());
        return new Batch().requireEqual(Table.CHANNELS, partition, Key.EMPTY, replacement.before())
                .put(Table.CHANNELS, partition, Key.EMPTY, ChannelTables.row(replacement.after()));
    }

    /// Submits a change of the channel; once committed, what is remembered of it is forgotten.
    private CompletableFuture<Boolean> submit(ChannelArn changed, Batch batch, Runnable committed) {
        return storage.submit(batch, () -> {
            records.forget(changed);
            committed.run();
        });
    }

    /// Waits until a change is written; if nobody knows whether it was, what is remembered is forgotten.
    private boolean written(ChannelArn changed, BooleanSupplier commit) {
        try {
            return commit.getAsBoolean();
        } catch (StorageFailure unknown) {
            records.forget(changed);
            throw unknown;
        }
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
