package bellframe.outbound.push;

import bellframe.push.DeviceNotification;
import bellframe.push.UserEndpoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Notifications of tests, with content that is found again wherever it should not be.
public final class TestNotifications {

    public static final String APP = "arn:aws:mobiletargeting:eu-central-1:123456789012:apps/0123456789abcdef";
    public static final String TITLE = "Titel-of-Zoë";
    public static final String BODY = "Körper-of-the-text \u0001 \"😀\"";
    public static final String MESSAGE = "00000000000f424000112233445566778899aabbccddeeff0011223344556677";
    public static final String CHANNEL = "arn:aws:chime:eu-central-1:123456789012:app-instance/app/channel/general";
    public static final Instant EXPIRES = Instant.parse("2027-03-01T12:00:00.750Z");

    private TestNotifications() {
    }

    public static DeviceNotification alert(UserEndpoint.Type type, String token) {
        return of(type, token, false, TITLE, BODY);
    }

    public static DeviceNotification of(UserEndpoint.Type type, String token, boolean voip, @Nullable String title,
            @Nullable String body) {
        return new DeviceNotification(type, APP, token, voip, title, body, MESSAGE, CHANNEL, EXPIRES);
    }
}
