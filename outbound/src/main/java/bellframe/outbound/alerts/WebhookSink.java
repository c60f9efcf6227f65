package bellframe.outbound.alerts;

import bellframe.outbound.webhook.Webhooks;
import bellframe.outbox.DeliveryFailed;
import java.net.URI;

/// Posts whole events.
record WebhookSink(URI address, Webhooks webhooks) implements AlertSink {

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public void deliver(AlertEvent event) throws DeliveryFailed {
        webhooks.post(address, event.json());
    }
}
