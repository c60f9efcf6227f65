package bellframe.outbox;

import bellframe.storage.Key;

/// Where an entry lies: in the partition of what it is about, so that one batch can hold both.
public sealed interface EntryPlace {

    /// Beside the messages of a channel in a time bucket.
    record Bucket(long bucket) implements EntryPlace {
    }

    /// Beside the row of the channel itself.
    record ChannelRow(String channelArn) implements EntryPlace {
    }

    /// The partition of the tables in question.
    ///
    /// @param channel the channel's incarnation
    default Key partition(String channel) {
        return switch (this) {
            case Bucket(long bucket) -> Key.builder().text(channel).number64(bucket).build();
            case ChannelRow(String channelArn) -> Key.of(channelArn);
        };
    }
}
