package bellframe.outbound.push;

import bellframe.push.UserEndpoint;
import org.jspecify.annotations.Nullable;

/// The services that reach the devices of one app.
///
/// @param apple for devices of both types that Apple has; null if the app is not there
/// @param others for all others, which may be devices with Android or browsers; null if the app is not there
public record PushApp(@Nullable PushService apple, @Nullable PushService others) {

    @Nullable
    PushService service(UserEndpoint.Type type) {
        return switch (type) {
            case APNS, APNS_SANDBOX -> apple;
            case GCM -> others;
        };
    }

    void close() {
        close(apple);
        close(others);
    }

    private static void close(@Nullable PushService service) {
        if (service != null) {
            service.close();
        }
    }
}
