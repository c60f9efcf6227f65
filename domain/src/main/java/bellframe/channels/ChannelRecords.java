package bellframe.channels;

import bellframe.names.ChannelArn;
import bellframe.rows.Records;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import org.jspecify.annotations.Nullable;

/// The CHANNELS rows: a channel exists if its row is there and not marked deleted.
public final class ChannelRecords {

    private static final int CACHED_MAX = 100_000;

    private final Records<ChannelArn, Channel> channels;

    public ChannelRecords(Storage storage) {
        this.channels = new Records<>(storage, Table.CHANNELS, ChannelTables.CHANNELS, CACHED_MAX);
    }

    /// The channel of this ARN, unless it was deleted.
    @Nullable
    Channel find(ChannelArn arn) {
        Channel channel = channels.find(arn);
        return channel == null || channel.deleted() ? null : channel;
    }

    /// The channel as the store has it now, deleted or not.
    Records.@Nullable Stored<Channel> read(ChannelArn arn) {
        return channels.read(arn);
    }

    /// Forgets what is remembered of a channel.
    void forget(ChannelArn arn) {
        channels.forget(arn);
    }

    /// Checks that a channel was not deleted meanwhile. Whoever gives somebody a role in it asks while holding the lock of
    /// its roles, which the removal of all roles takes too, so that none is left behind.
    ///
    /// @throws bellframe.refusals.Refused with [bellframe.refusals.Refusal#NOT_ALLOWED]
    void requireAlive(Channel channel) {
        Records.Stored<Channel> stored = channels.read(channel.arn());
        Standing.require(stored != null && !stored.value().deleted()
                && stored.value().incarnation().equals(channel.incarnation()));
    }
}
