package bellframe.outbound.push;

import bellframe.outbox.DeliveryFailed;
import bellframe.push.DeviceNotification;
import bellframe.push.PushServices.Outcome;

/// One service that brings notifications to the devices of one app. Safe for use by many threads.
public interface PushService extends AutoCloseable {

    /// Hands a notification over, and returns once the service has answered.
    ///
    /// @throws DeliveryFailed if the service did not take it: for good if it is the app's credentials or the notification
    ///         that it refuses
    Outcome push(DeviceNotification notification) throws DeliveryFailed;

    /// Gives up what is under way, and does not wait for it.
    @Override
    default void close() {
    }
}
