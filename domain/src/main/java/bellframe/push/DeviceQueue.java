package bellframe.push;

import bellframe.changes.EventOrder;
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

    /// A group and who reaches its devices.
    record Addressed(String receiver, DeviceGroup group) {
    }

    private record Leaving(Outlet outlet, DeviceGroup group) {
    }

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

    /// Adds groups, each behind everything that its receiver is to get for the channel.
    ///
    /// @param before the entry of the message
    void add(OutboxEntry before, List<Addressed> groups) {
        put(before, groups.stream()
                .map(one -> new Leaving(new Outlet(lane(before, one.receiver()), one.receiver()), one.group()))
                .toList());
    }

    /// Adds devices of a group, each in a lane of its own.
    ///
    /// @param before the entry of the group
    void addAlone(OutboxEntry before, DeviceGroup.Notification notification, List<UserEndpoints.Place> devices) {
        put(before, devices.stream()
                .map(device -> new Leaving(
                        new Outlet(lane(before, before.receiver() + '/' + device.id()), before.receiver() + ALONE),
                        new DeviceGroup(notification, List.of(device))))
                .toList());
    }

    private static LaneName lane(OutboxEntry before, String branch) {
        return new LaneName(OutboxKind.DEVICES, before.channel(), branch);
    }

    private void put(OutboxEntry before, List<Leaving> groups) {
        List<Outlet> outlets = groups.stream().map(Leaving::outlet).distinct().toList();
        List<byte[]> rows = groups.stream().map(leaving -> leaving.group().toRow()).toList();
        boolean _ = outbox.adding(outlets, adding -> adding.written(order.next(groups.size(), first -> {
            var batch = new Batch();
            adding.putLanes(batch, before.place());
            for (int i = 0; i < rows.size(); i++) {
                byte[] row = rows.get(i);
                adding.put(batch, before.place(), first.plus(i), groups.get(i).outlet()::equals, () -> row);
            }
            return storage.submit(batch, () -> {
            });
        })));
    }
}
