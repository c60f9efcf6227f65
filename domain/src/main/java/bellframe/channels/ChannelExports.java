package bellframe.channels;

import bellframe.changes.EventOrder;
import bellframe.names.ChannelArn;
import bellframe.names.EventPosition;
import bellframe.names.UserArn;
import bellframe.outbox.EntryPlace;
import bellframe.outbox.Outbox;
import bellframe.outbox.Outlet;
import bellframe.storage.Batch;
import bellframe.storage.Commits;
import bellframe.storage.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/// Puts what happens to channels, their members, moderators and bans into the outbox, beside the row of the channel.
public final class ChannelExports {

    private final Storage storage;
    private final EventOrder order;
    private final Outbox outbox;
    private final ChannelOutlets outlets;
    private final JoinOutlets joinOutlets;

    public ChannelExports(Storage storage, EventOrder order, Outbox outbox, ChannelOutlets outlets,
            JoinOutlets joinOutlets) {
        this.storage = storage;
        this.order = order;
        this.outbox = outbox;
        this.outlets = outlets;
        this.joinOutlets = joinOutlets;
    }

    /// The entries of several users who join a channel, on their way into the store.
    static final class Joins {

        private final Outbox.Adding adding;
        /// Those that hear of one of the users only.
        private final Map<Outlet, UserArn> own;

        private Joins(Outbox.Adding adding, Map<Outlet, UserArn> own) {
            this.adding = adding;
            this.own = own;
        }

        /// Adds to the batch what those outside are told of one of them.
        ///
        /// @param at the event's position
        void put(Batch batch, EventPosition at, ChannelArn channel, UserArn member, Supplier<byte[]> event) {
            adding.putLanes(batch, place(channel));
            adding.put(batch, place(channel), at, outlet -> own.getOrDefault(outlet, member).equals(member),
                    () -> new ChannelExport(channel, event.get()).row());
        }
    }

    /// Runs what makes users join a channel and waits until that is durable.
    <T> T exportingJoins(MemberChannel channel, List<UserArn> members, Function<Joins, T> work) {
        var own = new LinkedHashMap<Outlet, UserArn>();
        members.forEach(member -> joinOutlets.of(channel, member).forEach(outlet -> own.put(outlet, member)));
        var all = new ArrayList<>(outlets.of(channel));
        all.addAll(own.keySet());
        return outbox.adding(all, adding -> work.apply(new Joins(adding, own)));
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
