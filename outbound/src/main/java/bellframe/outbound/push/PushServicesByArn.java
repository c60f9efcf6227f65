package bellframe.outbound.push;

import bellframe.outbox.DeliveryFailed;
import bellframe.push.DeviceNotification;
import bellframe.push.PushServices;
import bellframe.push.UserEndpoint;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Brings notifications to devices by the services that are configured for their app. Safe for use by many threads.
public final class PushServicesByArn implements PushServices, AutoCloseable {

    private final Map<String, PushApp> apps;

    /// Calls nobody before the first notification.
    ///
    /// @param apps by the ARN of the Pinpoint application that stands for the app; they are closed with this
    public PushServicesByArn(Map<String, PushApp> apps) {
        this.apps = Map.copyOf(apps);
    }

    @Override
    public boolean serves(String resourceArn, UserEndpoint.Type type) {
        return service(resourceArn, type) != null;
    }

    @Override
    public Outcome push(DeviceNotification notification) throws DeliveryFailed {
        PushService service = service(notification.resourceArn(), notification.type());
        if (service == null) {
            throw DeliveryFailed.permanentFailure("no push service is configured for " + notification.resourceArn());
        }
        return service.push(notification);
    }

    private @Nullable PushService service(String resourceArn, UserEndpoint.Type type) {
        PushApp app = apps.get(resourceArn);
        return app == null ? null : app.service(type);
    }

    /// Gives up what is under way, and does not wait for it.
    @Override
    public void close() {
        apps.values().forEach(PushApp::close);
    }
}
