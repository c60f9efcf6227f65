package bellframe.push;

import bellframe.alerts.Alert;
import bellframe.alerts.Alerts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells operators what became of notifications.
final class PushReports {

    /// What one of them came to.
    enum Outcome {
        /// Its service took it.
        TAKEN,
        /// Its service does not know the device any more.
        INVALID_DEVICE,
        /// Nobody took it before it had become pointless.
        EXPIRED,
        /// Its service refused it, or it was given up.
        FAILED
    }

    private final Alerts alerts;
    private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);

    PushReports(Alerts alerts, MeterRegistry meters) {
        this.alerts = alerts;
        for (Outcome outcome : Outcome.values()) {
            counters.put(outcome, Counter.builder("bellframe.push.notifications")
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .description("Notifications to devices, by what became of them")
                    .register(meters));
        }
    }

    void taken() {
        count(Outcome.TAKEN);
    }

    /// A device did not get a notification.
    ///
    /// @param device null if it was not even found out which devices were to get it
    /// @param reason without anything of the notification
    void missed(Outcome outcome, UserEndpoints.@Nullable Place device, DeviceGroup.Notification notification,
            String reason) {
        count(outcome);
        var detail = new LinkedHashMap<String, String>();
        if (device != null) {
            detail.put("appInstanceUserArn", device.user().toString());
            detail.put("endpointId", device.id());
        }
        detail.put("channelArn", notification.channel().toString());
        detail.put("messageId", notification.messageId());
        detail.put("failureReason", reason);
        alerts.raise(new Alert("Chime Messaging AppInstanceUserEndpoint Delivery Failure", detail));
    }

    private void count(Outcome outcome) {
        Counter counter = counters.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }
}
