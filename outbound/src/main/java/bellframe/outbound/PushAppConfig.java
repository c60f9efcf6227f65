package bellframe.outbound;

import bellframe.outbound.apns.ApnsApp;
import bellframe.outbound.apns.ApnsService;
import bellframe.outbound.calls.Calls;
import bellframe.outbound.fcm.FcmApp;
import bellframe.outbound.fcm.FcmService;
import bellframe.outbound.push.PushApp;
import bellframe.outbound.push.PushService;
import bellframe.outbound.webpush.WebPushApp;
import bellframe.outbound.webpush.WebPushService;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/// An app whose devices are reached directly.
///
/// @param apns for Apple's devices; null if the app is not there
/// @param others for devices that are registered as GCM; null if the app has no others
public record PushAppConfig(@Nullable ApnsApp apns, @Nullable Others others) {

    /// What devices other than Apple's are.
    public sealed interface Others {
    }

    /// Devices with Android.
    public record Android(FcmApp app) implements Others {
    }

    /// Browsers.
    public record Browsers(WebPushApp app) implements Others {
    }

    /// Who must be allowed to be called. APNs is not called by the common way.
    Set<String> hosts() {
        return switch (others) {
            case Android(FcmApp app) -> app.hosts();
            case Browsers(WebPushApp app) -> app.hosts().hosts();
            case null -> Set.of();
        };
    }

    PushApp connect(Calls calls, InstantSource clock, SecureRandom random) {
        return new PushApp(apns == null ? null : new ApnsService(apns), service(calls, clock, random));
    }

    private @Nullable PushService service(Calls calls, InstantSource clock, SecureRandom random) {
        return switch (others) {
            case Android(FcmApp app) -> new FcmService(app, calls, clock);
            case Browsers(WebPushApp app) -> new WebPushService(app, calls, clock, random);
            case null -> null;
        };
    }
}
