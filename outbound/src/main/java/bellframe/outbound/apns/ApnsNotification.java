package bellframe.outbound.apns;

import bellframe.outbound.push.CollapseKey;
import bellframe.push.DeviceNotification;
import com.eatthepath.pushy.apns.ApnsPushNotification;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/// A notification with its headers. It tells nothing of itself, since the client may log it.
///
/// @param topic the app's bundle id
record ApnsNotification(DeviceNotification notification, String topic, String payload) implements ApnsPushNotification {

    @Override
    public String getToken() {
        return notification.deviceToken();
    }

    @Override
    public String getPayload() {
        return payload;
    }

    @Override
    public Instant getExpiration() {
        return notification.expires();
    }

    @Override
    public DeliveryPriority getPriority() {
        return DeliveryPriority.IMMEDIATE;
    }

    @Override
    public PushType getPushType() {
        return notification.voip() ? PushType.VOIP : PushType.ALERT;
    }

    @Override
    public String getTopic() {
        return notification.voip() ? topic + ".voip" : topic;
    }

    @Override
    public String getCollapseId() {
        return CollapseKey.of(notification.messageId());
    }

    /// The same for the same message and device, by which a repetition can be recognised.
    @Override
    public UUID getApnsId() {
        String both = notification.messageId() + '\n' + notification.deviceToken();
        return UUID.nameUUIDFromBytes(both.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return notification.toString();
    }
}
