package bellframe.push;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one device is to show for a message.
///
/// @param type what kind of device it is, and so which service reaches it
/// @param resourceArn the ARN of the Pinpoint application that stands for the app on the device
/// @param deviceToken the device's name at the service: of a VOIP notification to an Apple device, that for such
/// @param voip whether it announces a call
/// @param messageId the message, whose notification a device shows once however often it gets it
/// @param channelArn the message's channel
/// @param expires when it has become pointless to deliver
public record DeviceNotification(
        UserEndpoint.Type type,
        String resourceArn,
        String deviceToken,
        boolean voip,
        @Nullable String title,
        @Nullable String body,
        String messageId,
        String channelArn,
        Instant expires) {

    /// Leaves out what is private: the token and the content.
    @Override
    public String toString() {
        return "DeviceNotification[" + type + " of " + messageId + "]";
    }
}
