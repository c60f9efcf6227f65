package bellframe.channels;

import bellframe.changes.EventOrder;
import bellframe.names.ChannelArn;
import bellframe.names.EventPosition;
import bellframe.outbox.EntryPlace;
import bellframe.outbox.Outbox;
import bellframe.storage.Batch;
import bellframe.storage.Commits;
import bellframe.storage.Storage;
import java.util.function.Function;
import java.util.function.Supplier;

/// Puts what happens to channels, their members, moderators and bans into the outbox, beside the row of the channel.
public final class ChannelExports {

    private final Storage storage;
    private final EventOrder order;
    private final Outbox outbox;
    private final ChannelOutlets outlets;

    public ChannelExports(Storage storage, EventOrder order, Outbox outbox, ChannelOutlets outlets) {
        this.storage = storage;
        this.order = order;
        this.outbox = outbox;
        this.outlets = outlets;
    }

    /// Runs what makes something happen to a channel and waits until that is durable.
    <T> T exporting(MemberChannel channel, Function<Outbox.Adding, T> work) {
        return outbox.adding(outlets.of(channel), work);
    }

    /// Adds to the batch of an event, which has no conditions, what those outside are told of it.
    ///
    /// @param at the event's position
    static void put(Outbox.Adding adding, Batch batch, EventPosition at, ChannelArn channel, Supplier<byte[]> event) {
        adding.putLanes(batch, place(channel));
        putAnnounced(adding, batch, at, channel, event);
    }

    /// The same for a batch with conditions on the row of the channel; [Outbox.Adding#announce] the place before.
    static void putAnnounced(Outbox.Adding adding, Batch batch, EventPosition at, ChannelArn channel,
            Supplier<byte[]> event) {
        adding.put(batch, place(channel), at, () -> new ChannelExport(channel, event.get()).row());
    }

    static EntryPlace place(ChannelArn channel) {
        return new EntryPlace.ChannelRow(channel.toString());
    }

    /// Commits a batch without conditions of which no session is told.
    void commit(MemberChannel channel, Batch batch, Supplier<byte[]> event) {
        exporting(channel, adding -> {
            if (adding.isForNobody()) {
                return storage.commit(batch);
            }
            return Commits.await(order.next(at -> {
                put(adding, batch, at, channel.arn(), event);
                return storage.submit(batch, () -> {
                });
            }));
        });
    }
}
