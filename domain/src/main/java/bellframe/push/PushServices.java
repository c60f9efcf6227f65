package bellframe.push;

import bellframe.outbox.DeliveryFailed;

/// The services that bring notifications to devices, which are outside.
public interface PushServices {

    /// What a service says of a device.
    enum Outcome {
        /// It took the notification.
        TAKEN,
        /// It knows the device no more, or not as one of this app: it never will take one.
        INVALID_DEVICE
    }

    /// Whether an app is configured under this ARN, for devices of this type.
    boolean serves(String resourceArn, UserEndpoint.Type type);

    /// Hands a notification over, and returns once the service has answered. Runs on a virtual thread and may block. The same
    /// one may come twice.
    ///
    /// @throws DeliveryFailed if the service did not take it: for good if it is the app's credentials or the notification
    ///         that it refuses, or the app is not configured
    Outcome push(DeviceNotification notification) throws DeliveryFailed;
}
