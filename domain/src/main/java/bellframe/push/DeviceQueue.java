package bellframe.push;

import bellframe.changes.EventOrder;
import bellframe.outbox.EntryPlace;
import bellframe.outbox.LaneName;
import bellframe.outbox.Outbox;
import bellframe.outbox.OutboxEntry;
import bellframe.outbox.OutboxKind;
import bellframe.outbox.Outlet;
import bellframe.storage.Batch;
import bellframe.storage.Storage;
import java.util.List;

/// Puts groups of devices into the outbox, and knows their lanes: a channel has one for each app and type of device, and one
/// for each device that fails while others do not, so that nobody waits for it.
final class DeviceQueue {

    /// Behind the name of a receiver, for devices that fail alone: they must not have all devices of the app left alone.
    static final String ALONE = ", one by one";

    private final Storage storage;
    private final EventOrder order;
    private final Outbox outbox;

    DeviceQueue(Storage storage, EventOrder order, Outbox outbox) {
        this.storage = storage;
        this.order = order;
        this.outbox = outbox;
    }

    /// Who brings notifications to a device, by the name that operators know.
    static String receiver(UserEndpoint endpoint) {
        return endpoint.resourceArn() + ':' + endpoint.type();
    }

    /// Whether an entry is for a device that failed while others did not.
    static boolean isAlone(OutboxEntry entry) {
        return entry.receiver().endsWith(ALONE);
    }

    /// Adds a group behind everything that its receiver is to get for the channel.
    ///
    /// @param before the entry of the message, or of another group
    void add(OutboxEntry before, String receiver, DeviceGroup group) {
        add(before.place(), new Outlet(new LaneName(OutboxKind.DEVICES, before.channel(), receiver), receiver), group);
    }

    /// Adds a device of a group in a lane of its own.
    ///
    /// @param before the entry of its group
    void addAlone(OutboxEntry before, DeviceGroup.Notification notification, UserEndpoints.Place device) {
        String branch = before.receiver() + '/' + device.id();
        add(before.place(), new Outlet(new LaneName(OutboxKind.DEVICES, before.channel(), branch),
                before.receiver() + ALONE), new DeviceGroup(notification, List.of(device)));
    }

    private void add(EntryPlace place, Outlet outlet, DeviceGroup group) {
        boolean _ = outbox.adding(List.of(outlet), adding -> adding.written(order.next(at -> {
            var batch = new Batch();
            adding.putLanes(batch, place);
            adding.put(batch, place, at, group::toRow);
            return storage.submit(batch, () -> {
            });
        })));
    }
}
