package bellframe.channels;

import bellframe.changes.Change;
import bellframe.changes.ChangeLog;
import bellframe.changes.EventOrder;
import bellframe.events.ChannelEvent;
import bellframe.events.EventDispatcher;
import bellframe.events.MembershipSnapshot;
import bellframe.identity.Actor;
import bellframe.identity.Actors;
import bellframe.limits.Counter;
import bellframe.limits.Limit;
import bellframe.names.EventPosition;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.rows.Records;
import bellframe.rows.StripedLocks;
import bellframe.storage.Batch;
import bellframe.storage.Scan;
import bellframe.storage.Commits;
import bellframe.storage.Key;
import bellframe.storage.Storage;
import bellframe.storage.StorageFailure;
import bellframe.storage.StorageUnavailable;
import bellframe.storage.Table;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Adds users to channels, finds, removes and bans them.
///
/// A membership is true if its MEMBERS_BY_CHANNEL row is there; the CHANNELS_BY_MEMBER row beside it only helps to find
/// it. A store may lose one of the two in a crash, so readers of the latter check the former, and a repeated call mends
/// what is missing.
public final class Memberships {

    private static final int CACHED_MAX = 200_000;

    /// How many members are looked at for one page of those of one type.
    private static final int LOOKED_AT_MAX = 500;

    /// Tables with rows beside those of MEMBERS_BY_CHANNEL, which go when the membership goes.
    private static final List<Table> BESIDE = List.of(Table.READ_MARKERS, Table.MEMBERSHIP_PREFERENCES);

    /// What came of adding several users.
    ///
    /// @param added the new memberships
    /// @param refused why each of the others was not added
    public record Additions(List<Membership> added, Map<UserArn, Refused> refused) {
    }

    private final Storage storage;
    private final Pages pages;
    private final Actors actors;
    private final ChannelRecords channels;
    private final Bans bans;
    private final Moderators moderators;
    private final StripedLocks roles;
    private final EventOrder order;
    private final EventDispatcher events;
    private final ChannelExports exports;
    private final InstantSource clock;
    private final Records<Place, Membership> memberships;
    private final Counter<String> byChannel;
    private final Counter<UserArn> byUser;
    private final List<Consumer<Place>> beside = new CopyOnWriteArrayList<>();

    /// @param roles held while somebody's role in a channel changes
    public Memberships(Storage storage, Actors actors, ChannelRecords channels, Bans bans, Moderators moderators,
            StripedLocks roles, EventOrder order, EventDispatcher events, ChannelExports exports, InstantSource clock) {
        this.storage = storage;
        this.pages = new Pages(storage);
        this.actors = actors;
        this.channels = channels;
        this.bans = bans;
        this.moderators = moderators;
        this.roles = roles;
        this.order = order;
        this.events = events;
        this.exports = exports;
        this.clock = clock;
        this.memberships = new Records<>(storage, Table.MEMBERS_BY_CHANNEL, ChannelTables.MEMBERSHIPS, CACHED_MAX);
        this.byChannel = new Counter<>(storage, Limit.CHANNEL_MEMBERSHIPS, Table.MEMBERS_BY_CHANNEL,
                incarnation -> Pages.shards(shard -> ChannelTables.members(incarnation, shard)));
        this.byUser = new Counter<>(storage, Limit.USER_MEMBERSHIPS, Table.CHANNELS_BY_MEMBER,
                user -> Pages.shards(shard -> ChannelTables.channelsOf(user, shard)));
    }

    /// The listener hears whose membership changed, to forget what it remembers beside it; it must be short.
    void onChange(Consumer<Place> listener) {
        beside.add(listener);
    }

    public @Nullable Membership find(String incarnation, UserArn member) {
        return memberships.find(new Place(incarnation, member));
    }

    /// Whether a user belongs to a channel that is still there.
    public boolean belongs(UserArn member, MemberChannel channel) {
        Channel alive = channels.find(channel.arn());
        return alive != null && alive.incarnation().equals(channel.incarnation())
                && find(channel.incarnation(), member) != null;
    }

    /// Adds one user.
    ///
    /// @throws Refused with [Refusal#CONFLICT] if the user is a member already, [Refusal#NOT_ALLOWED] if it is banned, or
    ///         [Refusal#RESOURCE_LIMIT_EXCEEDED]
    public Membership add(Channel channel, UserArn inviter, Actor user, Membership.Type type) {
        Additions additions = add(channel, inviter, List.of(user), type, false);
        Refused refused = additions.refused().get(user.arn());
        if (refused != null) {
            throw refused;
        }
        return additions.added().getFirst();
    }

    /// Adds those of the users who can be added, told as one event.
    public Additions addAll(Channel channel, UserArn inviter, List<Actor> newcomers, Membership.Type type) {
        return add(channel, inviter, newcomers, type, true);
    }

    /// Members in a stable order, without users who were deleted.
    public Page<Membership> list(String incarnation, Membership.Type type, byte @Nullable [] cursor, int limit) {
        return Page.matching(cursor, limit, LOOKED_AT_MAX, (from, rows) -> all(incarnation, from, rows),
                membership -> membership.type() == type && actors.find(membership.member()) != null
                        ? membership
                        : null);
    }

    /// The first of the bots among the members, in a stable order, found without reading the other members.
    List<UserArn> bots(String incarnation, int limit) {
        var bots = new ArrayList<UserArn>();
        for (int shard = 0; shard < Pages.SHARDS && bots.size() < limit; shard++) {
            // The ARNs of an app instance's bots sort before those of its users.
            storage.scan(Scan.ascending(Table.MEMBERS_BY_CHANNEL, ChannelTables.members(incarnation, shard), null,
                    limit - bots.size()))
                    .stream()
                    .map(row -> ChannelTables.membership(row.value()).member())
                    .takeWhile(member -> member.kind() == UserArn.Kind.BOT)
                    .forEach(bots::add);
        }
        return bots;
    }

    /// The channels that the user may belong to, in a stable order; whether it does, [#find] tells.
    public Page<MemberChannel> channelsOf(UserArn member, byte @Nullable [] cursor, int limit) {
        return pages.sharded(Table.CHANNELS_BY_MEMBER, shard -> ChannelTables.channelsOf(member, shard), cursor, limit)
                .map(row -> ChannelTables.memberChannel(row.value()));
    }

    /// Ends the membership; does nothing if there is none.
    public void remove(MemberChannel channel, UserArn member) {
        Lock lock = roles.of(channel.incarnation());
        lock.lock();
        try {
            remove(channel, member, new Batch(), null);
        } finally {
            lock.unlock();
        }
    }

    /// Bans a user, and ends its membership if it has one.
    ///
    /// @throws Refused with [Refusal#CONFLICT] if the user is banned already, or [Refusal#NOT_ALLOWED] if it moderates the
    ///         channel
    public void ban(Channel channel, UserArn banner, Actor user) {
        String incarnation = channel.incarnation();
        Lock lock = roles.of(incarnation);
        lock.lock();
        try {
            channels.requireAlive(channel);
            if (bans.isBanned(incarnation, user.arn())) {
                throw new Refused(Refusal.CONFLICT, "The user is banned already.");
            }
            Standing.require(!moderators.isModerator(channel, user.arn()));
            var ban = new Ban(user.arn(), banner, now());
            var batch = new Batch();
            bans.record(batch, channel.reference(), ban);
            try {
                remove(channel.reference(), user.arn(), batch, ban);
            } finally {
                bans.forget(incarnation, user.arn());
            }
        } finally {
            lock.unlock();
        }
        // A user deleted meanwhile may have been missed; the next one of that id must not inherit the ban.
        if (actors.find(user.arn()) == null) {
            bans.remove(channel.reference(), user.arn());
        }
    }

    /// Ends all memberships of a user who is gone.
    public void removeAll(UserArn member) {
        Pages.forEach(cursor -> channelsOf(member, cursor, Pages.SWEEP_ROWS), channel -> remove(channel, member));
        byUser.forget(member);
    }

    /// Ends a channel: nobody who joins may be told so behind its end.
    void whileNobodyJoins(Channel channel, Runnable end) {
        Lock lock = roles.of(channel.incarnation());
        lock.lock();
        try {
            end.run();
        } finally {
            lock.unlock();
        }
    }

    /// Removes the rows of all memberships of a channel that is gone, and tells nobody.
    ///
    /// @param deletion what is noted for each member, to be told when it connects; null for nothing
    void purge(MemberChannel channel, @Nullable Change deletion) {
        while (purgeSome(channel, deletion)) {
            // One batch after another, so that others who need the lock get it in between.
        }
        byChannel.forget(channel.incarnation());
    }

    /// Whoever was about to add a member has done so once the lock is free, or will see that the channel is gone.
    ///
    /// @return false if there was nothing left
    private boolean purgeSome(MemberChannel channel, @Nullable Change deletion) {
        Lock lock = roles.of(channel.incarnation());
        lock.lock();
        try {
            List<UserArn> members = all(channel.incarnation(), null, Pages.SWEEP_ROWS)
                    .map(Membership::member)
                    .items();
            var batch = new Batch();
            for (UserArn member : members) {
                removal(channel, member, batch);
                if (deletion != null) {
                    ChangeLog.note(batch, member.toString(), deletion);
                }
            }
            commit(channel.incarnation(), batch, members);
            recount(members);
            return !members.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Makes sure that each of these may belong to one more channel, and takes the room.
    ///
    /// @throws Refused with [Refusal#RESOURCE_LIMIT_EXCEEDED] if one of them may not
    void takeRoom(Collection<UserArn> members) {
        boolean taken = members.stream().allMatch(byUser::takeIfRoom);
        if (!taken) {
            recount(members);
            throw new Refused(Refusal.RESOURCE_LIMIT_EXCEEDED);
        }
    }

    /// The memberships that room was taken for did not come to be, or nobody knows.
    void recount(Collection<UserArn> members) {
        members.forEach(byUser::forget);
    }

    /// Adds the rows of one who belongs to a channel that nobody can see yet to the batch that prepares it.
    void record(Batch batch, Channel channel, Membership membership) {
        MemberChannel place = channel.reference();
        batch.put(Table.CHANNELS_BY_MEMBER, ChannelTables.channelsOf(membership.member(), place),
                ChannelTables.memberChannel(place), ChannelTables.row(place));
        memberships.put(batch, new Place(channel.incarnation(), membership.member()), membership);
    }

    /// The membership as the store has it now.
    Records.@Nullable Stored<Membership> read(Place place) {
        return memberships.read(place);
    }

    /// A user deleted while being added may have been missed by the removal of all its memberships.
    void removeLeavers(Channel channel, Collection<UserArn> added) {
        for (UserArn member : added) {
            if (actors.find(member) == null) {
                remove(channel.reference(), member);
            }
        }
    }

    MembershipSnapshot snapshot(String channelArn, Membership membership) {
        return new MembershipSnapshot(channelArn, actors.identity(membership.member()),
                actors.identity(membership.invitedBy()), membership.isHidden(), membership.created(),
                membership.created());
    }

    private Page<Membership> all(String incarnation, byte @Nullable [] cursor, int limit) {
        return pages
                .sharded(Table.MEMBERS_BY_CHANNEL, shard -> ChannelTables.members(incarnation, shard), cursor, limit)
                .map(row -> ChannelTables.membership(row.value()));
    }

    /// @param batch what else is to be written
    /// @param ban which is among that; null for none
    private void remove(MemberChannel channel, UserArn member, Batch batch, @Nullable Ban ban) {
        var place = new Place(channel.incarnation(), member);
        Records.Stored<Membership> stored = memberships.read(place);
        removal(channel, member, batch);
        if (stored != null) {
            removeAndTell(channel, stored.value(), batch, ban);
        } else if (ban == null) {
            commit(channel.incarnation(), batch, List.of(member));
        } else {
            exports.commit(channel, batch, () -> record(channel, ban));
        }
    }

    private void removeAndTell(MemberChannel channel, Membership membership, Batch batch, @Nullable Ban ban) {
        UserArn member = membership.member();
        String incarnation = channel.incarnation();
        List<UserArn> changed = List.of(member);
        Counter.Count inChannel = byChannel.known(incarnation);
        Counter.Count ofUser = byUser.known(member);
        MembershipSnapshot snapshot = snapshot(channel.arn().toString(), membership);
        var event = new ChannelEvent.MembershipDeleted(incarnation, snapshot);
        int before = ban == null ? 0 : 1;
        exports.exporting(channel, adding -> await(incarnation, changed, () -> order.next(before + 1, first -> {
            if (ban != null) {
                ChannelExports.put(adding, batch, first, channel.arn(), () -> record(channel, ban));
            }
            EventPosition position = first.plus(before);
            ChannelExports.put(adding, batch, position, channel.arn(),
                    () -> ChannelShapes.record("DELETE_CHANNEL_MEMBERSHIP", snapshot));
            MissedChannels.noteLeft(batch, channel, membership, position);
            return submit(incarnation, batch, changed, () -> events.publish(position, event));
        })));
        byChannel.give(incarnation, inChannel);
        byUser.give(member, ofUser);
    }

    private byte[] record(MemberChannel channel, Ban ban) {
        return ChannelShapes.record("CREATE_CHANNEL_BAN", ChannelShapes.ban(channel.arn(), ban, actors));
    }

    private static Batch removal(MemberChannel channel, UserArn member, Batch batch) {
        Key partition = ChannelTables.members(channel.incarnation(), member);
        BESIDE.forEach(table -> batch.delete(table, partition, ChannelTables.member(member)));
        return batch.delete(Table.MEMBERS_BY_CHANNEL, partition, ChannelTables.member(member))
                .delete(Table.CHANNELS_BY_MEMBER, ChannelTables.channelsOf(member, channel),
                        ChannelTables.memberChannel(channel));
    }

    private Additions add(Channel channel, UserArn inviter, List<Actor> newcomers, Membership.Type type,
            boolean asBatch) {
        Lock lock = roles.of(channel.incarnation());
        lock.lock();
        try {
            channels.requireAlive(channel);
            var batch = new Batch();
            var added = new ArrayList<Membership>();
            var refused = new LinkedHashMap<UserArn, Refused>();
            for (Actor user : newcomers) {
                Records.Stored<Membership> existing = memberships.read(new Place(channel.incarnation(), user.arn()));
                if (existing != null) {
                    // Mends a row that a crash may have left missing.
                    record(batch, channel, existing.value());
                    refused.put(user.arn(), new Refused(Refusal.CONFLICT, "The user is a member already."));
                } else {
                    add(channel, new Membership(user.arn(), type, inviter, now()), batch, added, refused);
                }
            }
            commitJoined(channel, batch, added, asBatch);
            removeLeavers(channel, added.stream().map(Membership::member).toList());
            return new Additions(added, refused);
        } finally {
            lock.unlock();
        }
    }

    private void add(Channel channel, Membership membership, Batch batch, List<Membership> added,
            Map<UserArn, Refused> refused) {
        UserArn user = membership.member();
        if (bans.isBanned(channel.incarnation(), user)) {
            refused.put(user, new Refused(Refusal.NOT_ALLOWED));
        } else if (!byUser.takeIfRoom(user)) {
            refused.put(user, new Refused(Refusal.RESOURCE_LIMIT_EXCEEDED));
        } else if (!byChannel.takeIfRoom(channel.incarnation())) {
            byUser.forget(user);
            refused.put(user, new Refused(Refusal.RESOURCE_LIMIT_EXCEEDED));
        } else {
            record(batch, channel, membership);
            added.add(membership);
        }
    }

    private void commitJoined(Channel channel, Batch batch, List<Membership> added, boolean asBatch) {
        String incarnation = channel.incarnation();
        List<UserArn> changed = added.stream().map(Membership::member).toList();
        if (added.isEmpty()) {
            commit(incarnation, batch, changed);
            return;
        }
        List<ChannelEvent> told = asBatch
                ? List.of(new ChannelEvent.MembershipsCreated(incarnation, snapshots(channel, added)))
                : joined(channel, added);
        exports.exportingJoins(channel.reference(), changed,
                joins -> await(incarnation, changed, () -> order.next(added.size(), first -> {
                    MissedChannels.noteJoined(batch, incarnation, added, first, asBatch);
                    for (int i = 0; i < added.size(); i++) {
                        Membership joined = added.get(i);
                        joins.put(batch, first.plus(i), channel.arn(), joined.member(),
                                () -> joinedRecord(channel, joined));
                    }
                    // What is told as one event takes the last of their positions.
                    EventPosition firstTold = first.plus(added.size() - told.size());
                    return submit(incarnation, batch, changed, () -> events.publishAll(firstTold, told));
                })));
    }

    /// That a user became a member, as consumers of streams read it.
    byte[] joinedRecord(Channel channel, Membership membership) {
        return ChannelShapes.record("CREATE_CHANNEL_MEMBERSHIP", snapshot(channel.arn().toString(), membership));
    }

    /// What is told of users who become members, one by one.
    List<ChannelEvent> joined(Channel channel, List<Membership> added) {
        return snapshots(channel, added).stream()
                .<ChannelEvent>map(snapshot -> new ChannelEvent.MembershipCreated(channel.incarnation(), snapshot))
                .toList();
    }

    private List<MembershipSnapshot> snapshots(Channel channel, List<Membership> added) {
        return added.stream().map(membership -> snapshot(channel.arn().toString(), membership)).toList();
    }

    /// Commits changes of these users' memberships that nobody is told of.
    private void commit(String incarnation, Batch batch, Collection<UserArn> changed) {
        if (!batch.writes().isEmpty()) {
            await(incarnation, changed, () -> submit(incarnation, batch, changed, () -> {
            }));
        }
    }

    /// Submits changes of these users' memberships; once committed, what is remembered of them is forgotten.
    private CompletableFuture<Boolean> submit(String incarnation, Batch batch, Collection<UserArn> changed,
            Runnable committed) {
        return storage.submit(batch, () -> {
            changed.forEach(member -> forget(new Place(incarnation, member)));
            committed.run();
        });
    }

    private boolean await(String incarnation, Collection<UserArn> changed,
            Supplier<CompletableFuture<Boolean>> commit) {
        try {
            return Commits.await(commit.get());
        } catch (StorageFailure | StorageUnavailable unwritten) {
            changed.forEach(member -> forget(new Place(incarnation, member)));
            recount(changed);
            byChannel.forget(incarnation);
            throw unwritten;
        }
    }

    private void forget(Place place) {
        memberships.forget(place);
        beside.forEach(forgetting -> forgetting.accept(place));
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
