package bellframe.channels;

import bellframe.identity.Actor;
import bellframe.identity.Actors;
import bellframe.limits.Counter;
import bellframe.limits.Limit;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.rows.Records;
import bellframe.rows.StripedLocks;
import bellframe.storage.Batch;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/// Who moderates which channel.
///
/// An appointment is true if its MODERATORS_BY_CHANNEL row is there; the CHANNELS_BY_MODERATOR row beside it only helps to
/// find it.
public final class Moderators {

    private static final int CACHED_MAX = 200_000;

    private final Actors actors;
    private final ChannelRecords channels;
    private final Bans bans;
    private final StripedLocks roles;
    private final Storage storage;
    private final ChannelExports exports;
    private final Pages pages;
    private final InstantSource clock;
    private final Records<Place, Moderator> moderators;
    private final Counter<String> counter;

    /// @param roles held while somebody's role in a channel changes
    public Moderators(Storage storage, Actors actors, ChannelRecords channels, Bans bans, StripedLocks roles,
            ChannelExports exports, InstantSource clock) {
        this.actors = actors;
        this.channels = channels;
        this.bans = bans;
        this.roles = roles;
        this.storage = storage;
        this.exports = exports;
        this.pages = new Pages(storage);
        this.clock = clock;
        this.moderators = new Records<>(storage, Table.MODERATORS_BY_CHANNEL, ChannelTables.MODERATORS, CACHED_MAX);
        this.counter = new Counter<>(storage, Limit.CHANNEL_MODERATORS, Table.MODERATORS_BY_CHANNEL,
                incarnation -> List.of(ChannelTables.moderators(incarnation)));
    }

    public boolean isModerator(Channel channel, UserArn user) {
        return find(channel.incarnation(), user) != null;
    }

    public @Nullable Moderator find(String incarnation, UserArn user) {
        return moderators.find(new Place(incarnation, user));
    }

    /// Makes somebody a moderator.
    ///
    /// @throws Refused with [Refusal#CONFLICT] if it is one already, [Refusal#NOT_ALLOWED] if it is banned, or
    ///         [Refusal#RESOURCE_LIMIT_EXCEEDED]
    public void add(Channel channel, UserArn appointer, Actor user) {
        var place = new Place(channel.incarnation(), user.arn());
        Lock lock = roles.of(channel.incarnation());
        lock.lock();
        try {
            channels.requireAlive(channel);
            if (moderators.read(place) != null) {
                throw new Refused(Refusal.CONFLICT, "The user is a moderator already.");
            }
            Standing.require(!bans.isBanned(channel.incarnation(), user.arn()));
            counter.take(channel.incarnation());
            var moderator = new Moderator(user.arn(), appointer, Instant.ofEpochMilli(clock.millis()));
            var batch = new Batch();
            record(batch, channel, moderator);
            commit(place, () -> exports.commit(channel.reference(), batch,
                    () -> ChannelShapes.record("CREATE_CHANNEL_MODERATOR",
                            ChannelShapes.moderator(channel.arn(), moderator, actors))));
            // A user deleted meanwhile may have been missed; the next one of that id must not inherit the role.
            if (actors.find(user.arn()) == null) {
                remove(channel.reference(), user.arn());
            }
        } finally {
            lock.unlock();
        }
    }

    /// Moderators in a stable order, without users who were deleted.
    public Page<Moderator> list(String incarnation, byte @Nullable [] cursor, int limit) {
        return all(incarnation, cursor, limit)
                .map(moderator -> actors.find(moderator.arn()) == null ? null : moderator);
    }

    /// The channels that somebody may moderate, in a stable order; whether it does, [#find] tells.
    public Page<MemberChannel> channelsOf(UserArn moderator, byte @Nullable [] cursor, int limit) {
        return pages
                .sharded(Table.CHANNELS_BY_MODERATOR, shard -> ChannelTables.channelsOf(moderator, shard), cursor,
                        limit)
                .map(row -> ChannelTables.memberChannel(row.value()));
    }

    /// Ends an appointment; does nothing if there is none.
    public void remove(MemberChannel channel, UserArn user) {
        Lock lock = roles.of(channel.incarnation());
        lock.lock();
        try {
            var place = new Place(channel.incarnation(), user);
            Counter.Count before = counter.known(channel.incarnation());
            Records.Stored<Moderator> stored = moderators.read(place);
            Batch removal = removal(channel, place);
            if (stored == null) {
                commit(place, () -> storage.commit(removal));
            } else {
                commit(place, () -> exports.commit(channel, removal,
                        () -> ChannelShapes.record("DELETE_CHANNEL_MODERATOR",
                                ChannelShapes.moderator(channel.arn(), stored.value(), actors))));
                counter.give(channel.incarnation(), before);
            }
        } finally {
            lock.unlock();
        }
    }

    private Batch removal(MemberChannel channel, Place place) {
        return moderators.remove(new Batch(), place)
                .delete(Table.CHANNELS_BY_MODERATOR, ChannelTables.channelsOf(place.user(), channel),
                        ChannelTables.memberChannel(channel));
    }

    /// Ends all appointments of a user who is gone.
    public void removeAll(UserArn user) {
        Pages.forEach(cursor -> channelsOf(user, cursor, Pages.SWEEP_ROWS), channel -> remove(channel, user));
    }

    /// Ends all appointments of a channel that is gone, and tells nobody.
    void purge(MemberChannel channel) {
        Pages.forEach(cursor -> all(channel.incarnation(), cursor, Pages.SWEEP_ROWS), moderator -> {
            var place = new Place(channel.incarnation(), moderator.arn());
            moderators.commit(place, removal(channel, place));
        });
        counter.forget(channel.incarnation());
    }

    /// Adds an appointment to the batch that makes it.
    void record(Batch batch, Channel channel, Moderator moderator) {
        MemberChannel place = channel.reference();
        batch.put(Table.CHANNELS_BY_MODERATOR, ChannelTables.channelsOf(moderator.arn(), place),
                ChannelTables.memberChannel(place), ChannelTables.row(place));
        moderators.put(batch, new Place(channel.incarnation(), moderator.arn()), moderator);
    }

    private void commit(Place changed, Runnable write) {
        boolean committed = false;
        try {
            write.run();
            committed = true;
        } finally {
            moderators.forget(changed);
            if (!committed) {
                counter.forget(changed.incarnation());
            }
        }
    }

    private Page<Moderator> all(String incarnation, byte @Nullable [] cursor, int limit) {
        return pages.single(Table.MODERATORS_BY_CHANNEL, ChannelTables.moderators(incarnation), cursor, limit)
                .map(row -> ChannelTables.moderator(row.value()));
    }
}
