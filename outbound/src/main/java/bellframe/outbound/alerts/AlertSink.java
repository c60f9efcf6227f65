package bellframe.outbound.alerts;

import bellframe.outbox.DeliveryFailed;

/// Where alerts go beside the log.
sealed interface AlertSink permits EventBridgeSink, WebhookSink {

    /// As it stands in metrics.
    String name();

    /// Returns once the event was taken.
    void deliver(AlertEvent event) throws DeliveryFailed;
}
