package bellframe.push;

import bellframe.push.DeviceQueue.Addressed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Puts the devices that are to show a notification together, by who reaches them, and hands groups on a few at a time.
/// Confined to one thread.
final class DeviceGrouping {

    /// Written together, with one sync to disk; some 128 KiB.
    private static final int GROUPS_AT_ONCE = 16;

    private final DeviceGroup.Notification notification;
    private final Consumer<List<Addressed>> sink;
    /// By receiver, of which there are as many as apps are configured, and types of devices.
    private final Map<String, List<UserEndpoints.Place>> begun = new HashMap<>();
    private final List<Addressed> complete = new ArrayList<>();

    DeviceGrouping(DeviceGroup.Notification notification, Consumer<List<Addressed>> sink) {
        this.notification = notification;
        this.sink = sink;
    }

    void add(UserEndpoint endpoint) {
        String receiver = DeviceQueue.receiver(endpoint);
        List<UserEndpoints.Place> group = begun.computeIfAbsent(receiver, _ -> new ArrayList<>());
        group.add(UserEndpoints.Place.of(endpoint));
        if (group.size() == DeviceGroup.DEVICES_MAX) {
            begun.remove(receiver);
            complete(receiver, group);
        }
    }

    /// Hands on what is left.
    void end() {
        begun.forEach(this::complete);
        begun.clear();
        flush();
    }

    private void complete(String receiver, List<UserEndpoints.Place> group) {
        complete.add(new Addressed(receiver, new DeviceGroup(notification, group)));
        if (complete.size() == GROUPS_AT_ONCE) {
            flush();
        }
    }

    private void flush() {
        if (!complete.isEmpty()) {
            sink.accept(List.copyOf(complete));
            complete.clear();
        }
    }
}
