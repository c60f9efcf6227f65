package bellframe.outbound.alerts;

import bellframe.names.Account;
import bellframe.outbound.aws.AwsAccess;
import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.calls.FirstUse;
import bellframe.outbound.webhook.Webhooks;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Collects where alerts go beside the log.
public final class AlertSinks {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final List<AlertSink> sinks = new ArrayList<>();

    /// Adds a bus of EventBridge.
    ///
    /// @param access which is not made before there is an alert
    public void eventBridge(FirstUse<AwsAccess, RuntimeException> access, AwsEndpoint endpoint, String region,
            String bus) {
        sinks.add(new EventBridgeSink(access, endpoint, region, bus));
    }

    /// Adds a receiver of whole events.
    public void webhook(URI address, Webhooks webhooks) {
        sinks.add(new WebhookSink(address, webhooks));
    }

    /// What delivers to them.
    ///
    /// @param source EventBridge's `source`
    public AlertDelivery delivery(Account account, String source, MeterRegistry meters, InstantSource clock) {
        return delivery(account, source, meters, clock, PAUSE);
    }

    AlertDelivery delivery(Account account, String source, MeterRegistry meters, InstantSource clock, Duration pause) {
        return new AlertDelivery(account, source, sinks, meters, clock, pause);
    }
}
