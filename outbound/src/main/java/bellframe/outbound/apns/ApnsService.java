package bellframe.outbound.apns;

import bellframe.outbound.calls.FirstUse;
import bellframe.outbound.push.PushService;
import bellframe.outbox.DeliveryFailed;
import bellframe.push.DeviceNotification;
import bellframe.push.PushServices.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Brings notifications to Apple's devices over APNs, VOIP notifications under the app's topic for those. Safe for use by many
/// threads.
///
/// The client has sockets of its own, since APNs speaks HTTP/2: what guards them is that it connects to Apple's two hosts, or
/// to the one that the operator names, whose certificate must be of an authority that is trusted; nothing that a user sends
/// chooses a host. Device tokens become a part of the path, so that whatever is no token is not sent.
public final class ApnsService implements PushService {

    private static final ApnsApp.Server PRODUCTION = new ApnsApp.Server("api.push.apple.com", 443);
    private static final ApnsApp.Server DEVELOPMENT = new ApnsApp.Server("api.sandbox.push.apple.com", 443);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Pattern TOKEN = Pattern.compile("(?:[0-9a-fA-F]{2}){1,200}");

    private final ApnsApp app;
    private final FirstUse<ApnsConnection, DeliveryFailed> production;
    private final FirstUse<ApnsConnection, DeliveryFailed> development;
    private volatile boolean closed;

    /// Reads nothing and connects to nobody before the first notification.
    public ApnsService(ApnsApp app) {
        this(app, LIMIT);
    }

    /// @param limit how long an answer may take
    ApnsService(ApnsApp app, Duration limit) {
        this.app = app;
        this.production = connection(PRODUCTION, limit);
        this.development = connection(DEVELOPMENT, limit);
    }

    private FirstUse<ApnsConnection, DeliveryFailed> connection(ApnsApp.Server server, Duration limit) {
        return new FirstUse<>(() -> {
            if (closed) {
                throw DeliveryFailed.transientFailure("the server stops, APNs is not called");
            }
            return ApnsConnection.open(app, app.server() == null ? server : app.server(), limit);
        });
    }

    @Override
    public Outcome push(DeviceNotification notification) throws DeliveryFailed {
        if (!TOKEN.matcher(notification.deviceToken()).matches()) {
            return Outcome.INVALID_DEVICE;
        }
        String payload = ApnsPayload.of(notification);
        return connection(notification).send(new ApnsNotification(notification, app.topic(), payload));
    }

    private ApnsConnection connection(DeviceNotification notification) throws DeliveryFailed {
        return switch (notification.type()) {
            case APNS -> production.get();
            case APNS_SANDBOX -> development.get();
            case GCM -> throw DeliveryFailed.permanentFailure("APNs has no such devices");
        };
    }

    @Override
    public void close() {
        closed = true;
        close(production);
        close(development);
    }

    private static void close(FirstUse<ApnsConnection, DeliveryFailed> connection) {
        Optional<ApnsConnection> made = connection.made();
        // A method reference would load the client.
        if (made.isPresent()) {
            made.get().close();
        }
    }
}
