package bellframe.channels;

import bellframe.names.UserArn;
import bellframe.rows.Page;
import bellframe.rows.Pages;
import bellframe.storage.Batch;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/// Who moderates which channel.
public final class Moderators {

    private static final int CACHED_MAX = 200_000;
    private static final int SWEEP_ROWS = 500;

    private record Appointment(String incarnation, UserArn user) {
    }

    private final Storage storage;
    private final Pages pages;
    private final Cache<Appointment, Boolean> cache = Caffeine.newBuilder().maximumSize(CACHED_MAX).build();

    public Moderators(Storage storage) {
        this.storage = storage;
        this.pages = new Pages(storage);
    }

    public boolean isModerator(Channel channel, UserArn user) {
        return cache.get(new Appointment(channel.incarnation(), user), this::load);
    }

    /// Adds the appointment to the batch that creates a channel, before anybody can have asked for it.
    void record(Batch batch, Channel channel, UserArn user) {
        var moderator = new Moderator(user, channel.createdBy(), channel.created());
        var place = new MemberChannel(channel.arn(), channel.incarnation());
        batch.put(Table.MODERATORS_BY_CHANNEL, ChannelTables.moderators(channel.incarnation()),
                ChannelTables.member(user), ChannelTables.row(moderator));
        batch.put(Table.CHANNELS_BY_MODERATOR, ChannelTables.channelsOf(user, place),
                ChannelTables.memberChannel(place), ChannelTables.row(place));
    }

    /// Ends all appointments of a user who is gone.
    public void removeAll(UserArn user) {
        byte[] cursor = null;
        do {
            Page<MemberChannel> page = pages
                    .sharded(Table.CHANNELS_BY_MODERATOR, shard -> ChannelTables.channelsOf(user, shard), cursor,
                            SWEEP_ROWS)
                    .map(row -> ChannelTables.memberChannel(row.value()));
            page.items().forEach(channel -> remove(channel, user));
            cursor = page.next();
        } while (cursor != null);
    }

    private void remove(MemberChannel channel, UserArn user) {
        try {
            storage.commit(new Batch()
                    .delete(Table.MODERATORS_BY_CHANNEL, ChannelTables.moderators(channel.incarnation()),
                            ChannelTables.member(user))
                    .delete(Table.CHANNELS_BY_MODERATOR, ChannelTables.channelsOf(user, channel),
                            ChannelTables.memberChannel(channel)));
        } finally {
            cache.invalidate(new Appointment(channel.incarnation(), user));
        }
    }

    private boolean load(Appointment appointment) {
        return storage.get(Table.MODERATORS_BY_CHANNEL, ChannelTables.moderators(appointment.incarnation()),
                ChannelTables.member(appointment.user())) != null;
    }
}
