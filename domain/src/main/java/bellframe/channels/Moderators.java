package bellframe.channels;

import bellframe.names.UserArn;
import bellframe.storage.Batch;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/// Who moderates which channel.
public final class Moderators {

    private static final int CACHED_MAX = 200_000;

    private record Appointment(String incarnation, UserArn user) {
    }

    private final Storage storage;
    private final Cache<Appointment, Boolean> cache = Caffeine.newBuilder().maximumSize(CACHED_MAX).build();

    public Moderators(Storage storage) {
        this.storage = storage;
    }

    public boolean isModerator(Channel channel, UserArn user) {
        return cache.get(new Appointment(channel.incarnation(), user), this::load);
    }

    /// Adds the appointment to the batch that creates a channel, before anybody can have asked for it.
    void record(Batch batch, Channel channel, UserArn user) {
        var moderator = new Moderator(user, channel.createdBy(), channel.created());
        batch.put(Table.MODERATORS_BY_CHANNEL, ChannelTables.moderators(channel.incarnation()),
                ChannelTables.member(user), ChannelTables.row(moderator));
    }

    private boolean load(Appointment appointment) {
        return storage.get(Table.MODERATORS_BY_CHANNEL, ChannelTables.moderators(appointment.incarnation()),
                ChannelTables.member(appointment.user())) != null;
    }
}
