package bellframe.channels;

import bellframe.events.ChannelEvent;
import bellframe.events.EventDispatcher;
import bellframe.events.MembershipSnapshot;
import bellframe.identity.AppInstanceUser;
import bellframe.identity.AppInstanceUsers;
import bellframe.names.Identity;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.storage.Batch;
import bellframe.storage.Commits;
import bellframe.storage.Storage;
import bellframe.storage.StorageFailure;
import bellframe.storage.Table;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/// Adds users to channels, finds and removes them.
///
/// A membership is true if its MEMBERS_BY_CHANNEL row is there; the CHANNELS_BY_MEMBER row beside it only helps to find
/// it. A store may lose one of the two in a crash, so readers of the latter check the former, and a repeated call mends
/// what is missing.
public final class Memberships {

    private static final int CACHED_MAX = 200_000;
    private static final int SWEEP_ROWS = 500;

    private record Place(String incarnation, UserArn member) {
    }

    private final Storage storage;
    private final Pages pages;
    private final AppInstanceUsers users;
    private final EventDispatcher events;
    private final InstantSource clock;
    private final ChannelLocks locks = new ChannelLocks();
    private final Cache<Place, Optional<Membership>> cache = Caffeine.newBuilder().maximumSize(CACHED_MAX).build();

    public Memberships(Storage storage, AppInstanceUsers users, EventDispatcher events, InstantSource clock) {
        this.storage = storage;
        this.pages = new Pages(storage);
        this.users = users;
        this.events = events;
        this.clock = clock;
    }

    public @Nullable Membership find(String incarnation, UserArn member) {
        return cache.get(new Place(incarnation, member), this::load).orElse(null);
    }

    /// Adds one user.
    ///
    /// @throws Refused with [Refusal#CONFLICT] if the user is a member already
    public Membership add(Channel channel, UserArn inviter, AppInstanceUser user, Membership.Type type) {
        List<Membership> added = add(channel, inviter, List.of(user), type, false);
        if (added.isEmpty()) {
            throw new Refused(Refusal.CONFLICT, "The user is a member already.");
        }
        return added.getFirst();
    }

    /// Adds those of the users who are not members yet, told as one event.
    ///
    /// @return the new memberships
    public List<Membership> addAll(Channel channel, UserArn inviter, List<AppInstanceUser> newcomers,
            Membership.Type type) {
        return add(channel, inviter, newcomers, type, true);
    }

    /// Members in a stable order; a page may be short where members of the other type were left out.
    public Page<Membership> list(String incarnation, Membership.Type type, byte @Nullable [] cursor, int limit) {
        return pages
                .sharded(Table.MEMBERS_BY_CHANNEL, shard -> ChannelTables.members(incarnation, shard), cursor, limit)
                .map(row -> {
                    var membership = ChannelTables.membership(row.value());
                    return membership.type() == type ? membership : null;
                });
    }

    /// The channels that the user may belong to, in a stable order; whether it does, [#find] tells.
    public Page<MemberChannel> channelsOf(UserArn member, byte @Nullable [] cursor, int limit) {
        return pages.sharded(Table.CHANNELS_BY_MEMBER, shard -> ChannelTables.channelsOf(member, shard), cursor, limit)
                .map(row -> ChannelTables.memberChannel(row.value()));
    }

    /// Ends the membership; does nothing if there is none.
    public void remove(MemberChannel channel, UserArn member) {
        Lock lock = locks.of(channel.incarnation());
        lock.lock();
        try {
            var membership = load(new Place(channel.incarnation(), member)).orElse(null);
            var batch = new Batch()
                    .delete(Table.MEMBERS_BY_CHANNEL, ChannelTables.members(channel.incarnation(), member),
                            ChannelTables.member(member))
                    .delete(Table.CHANNELS_BY_MEMBER, ChannelTables.channelsOf(member, channel),
                            ChannelTables.memberChannel(channel));
            var event = membership == null
                    ? null
                    : new ChannelEvent.MembershipDeleted(channel.incarnation(),
                            snapshot(channel.arn().toString(), membership));
            commit(channel.incarnation(), batch, List.of(member), event == null ? List.of() : List.of(event));
        } finally {
            lock.unlock();
        }
    }

    /// Ends all memberships of a user who is gone.
    public void removeAll(UserArn member) {
        byte[] cursor = null;
        do {
            Page<MemberChannel> page = channelsOf(member, cursor, SWEEP_ROWS);
            page.items().forEach(channel -> remove(channel, member));
            cursor = page.next();
        } while (cursor != null);
    }

    /// Adds a membership's rows to the batch that prepares a channel nobody can see yet.
    void record(Batch batch, Channel channel, Membership membership) {
        var place = new MemberChannel(channel.arn(), channel.incarnation());
        batch.put(Table.CHANNELS_BY_MEMBER, ChannelTables.channelsOf(membership.member(), place),
                ChannelTables.memberChannel(place), ChannelTables.row(place));
        batch.put(Table.MEMBERS_BY_CHANNEL, ChannelTables.members(channel.incarnation(), membership.member()),
                ChannelTables.member(membership.member()), ChannelTables.row(membership));
    }

    /// A user deleted while being added may have been missed by the removal of all its memberships.
    void removeLeavers(Channel channel, Collection<UserArn> added) {
        for (UserArn member : added) {
            if (users.find(member) == null) {
                remove(new MemberChannel(channel.arn(), channel.incarnation()), member);
            }
        }
    }

    MembershipSnapshot snapshot(String channelArn, Membership membership) {
        Identity member = users.identity(membership.member());
        return new MembershipSnapshot(channelArn, member, users.identity(membership.invitedBy()),
                membership.isHidden(), membership.created(), membership.created());
    }

    private List<Membership> add(Channel channel, UserArn inviter, List<AppInstanceUser> newcomers,
            Membership.Type type, boolean asBatch) {
        Lock lock = locks.of(channel.incarnation());
        lock.lock();
        try {
            var batch = new Batch();
            var added = new ArrayList<Membership>();
            Instant now = Instant.ofEpochMilli(clock.millis());
            for (AppInstanceUser user : newcomers) {
                var existing = load(new Place(channel.incarnation(), user.arn()));
                var membership = existing.orElseGet(() -> new Membership(user.arn(), type, inviter, now));
                record(batch, channel, membership);
                if (existing.isEmpty()) {
                    added.add(membership);
                }
            }
            List<UserArn> changed = added.stream().map(Membership::member).toList();
            commit(channel.incarnation(), batch, changed, joined(channel, added, asBatch));
            removeLeavers(channel, changed);
            return added;
        } finally {
            lock.unlock();
        }
    }

    private List<ChannelEvent> joined(Channel channel, List<Membership> added, boolean asBatch) {
        List<MembershipSnapshot> snapshots = added.stream()
                .map(membership -> snapshot(channel.arn().toString(), membership))
                .toList();
        if (asBatch && !snapshots.isEmpty()) {
            return List.of(new ChannelEvent.MembershipsCreated(channel.incarnation(), snapshots));
        }
        return snapshots.stream()
                .<ChannelEvent>map(snapshot -> new ChannelEvent.MembershipCreated(channel.incarnation(), snapshot))
                .toList();
    }

    /// Commits changes of these users' memberships, forgets what is remembered of them and tells what happened.
    private void commit(String incarnation, Batch batch, Collection<UserArn> changed, List<ChannelEvent> told) {
        Runnable forget = () -> changed.forEach(member -> cache.invalidate(new Place(incarnation, member)));
        try {
            Commits.await(storage.submit(batch, () -> {
                forget.run();
                told.forEach(events::publish);
            }));
        } catch (StorageFailure unknown) {
            forget.run();
            throw unknown;
        }
    }

    private Optional<Membership> load(Place place) {
        byte[] row = storage.get(Table.MEMBERS_BY_CHANNEL, ChannelTables.members(place.incarnation(), place.member()),
                ChannelTables.member(place.member()));
        return row == null ? Optional.empty() : Optional.of(ChannelTables.membership(row));
    }
}
