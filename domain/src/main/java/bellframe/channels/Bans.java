package bellframe.channels;

import bellframe.identity.Actors;
import bellframe.names.UserArn;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.rows.Records;
import bellframe.storage.Batch;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import org.jspecify.annotations.Nullable;

/// Who is banned from which channel.
///
/// A ban is true if its BANS_BY_CHANNEL row is there; the CHANNELS_BY_BANNED row beside it only helps to find it when the
/// user is deleted.
public final class Bans {

    private static final int CACHED_MAX = 200_000;

    private final Actors actors;
    private final Pages pages;
    private final ChannelExports exports;
    private final Records<Place, Ban> bans;

    public Bans(Storage storage, Actors actors, ChannelExports exports) {
        this.actors = actors;
        this.exports = exports;
        this.pages = new Pages(storage);
        this.bans = new Records<>(storage, Table.BANS_BY_CHANNEL, ChannelTables.BANS, CACHED_MAX);
    }

    public @Nullable Ban find(String incarnation, UserArn user) {
        return bans.find(new Place(incarnation, user));
    }

    public boolean isBanned(String incarnation, UserArn user) {
        return find(incarnation, user) != null;
    }

    /// Bans in a stable order, without those of users who were deleted.
    public Page<Ban> list(String incarnation, byte @Nullable [] cursor, int limit) {
        return all(incarnation, cursor, limit).map(ban -> actors.find(ban.member()) == null ? null : ban);
    }

    /// Lifts a ban; does nothing if there is none.
    public void remove(MemberChannel channel, UserArn user) {
        var place = new Place(channel.incarnation(), user);
        Records.Stored<Ban> stored = bans.read(place);
        if (stored == null) {
            bans.commit(place, removal(channel, place));
            return;
        }
        try {
            exports.commit(channel, removal(channel, place), () -> ChannelShapes.record("DELETE_CHANNEL_BAN",
                    ChannelShapes.ban(channel.arn(), stored.value(), actors)));
        } finally {
            bans.forget(place);
        }
    }

    private Batch removal(MemberChannel channel, Place place) {
        return bans.remove(new Batch(), place)
                .delete(Table.CHANNELS_BY_BANNED, ChannelTables.channelsOf(place.user(), channel),
                        ChannelTables.memberChannel(channel));
    }

    /// Lifts all bans of a user who is gone.
    public void removeAll(UserArn user) {
        Pages.forEach(cursor -> pages
                .sharded(Table.CHANNELS_BY_BANNED, shard -> ChannelTables.channelsOf(user, shard), cursor,
                        Pages.SWEEP_ROWS)
                .map(row -> ChannelTables.memberChannel(row.value())), channel -> remove(channel, user));
    }

    /// Lifts all bans of a channel that is gone, and tells nobody.
    void purge(MemberChannel channel) {
        Pages.forEach(cursor -> all(channel.incarnation(), cursor, Pages.SWEEP_ROWS), ban -> {
            var place = new Place(channel.incarnation(), ban.member());
            bans.commit(place, removal(channel, place));
        });
    }

    /// Adds a ban to the batch that takes the user's membership away.
    void record(Batch batch, MemberChannel channel, Ban ban) {
        batch.put(Table.CHANNELS_BY_BANNED, ChannelTables.channelsOf(ban.member(), channel),
                ChannelTables.memberChannel(channel), ChannelTables.row(channel));
        bans.put(batch, new Place(channel.incarnation(), ban.member()), ban);
    }

    /// Forgets what is remembered of a user, whose ban was recorded or may have been.
    void forget(String incarnation, UserArn user) {
        bans.forget(new Place(incarnation, user));
    }

    private Page<Ban> all(String incarnation, byte @Nullable [] cursor, int limit) {
        return pages.sharded(Table.BANS_BY_CHANNEL, shard -> ChannelTables.members(incarnation, shard), cursor, limit)
                .map(row -> ChannelTables.ban(row.value()));
    }
}
