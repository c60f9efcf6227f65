package bellframe.outbound.alerts;

import bellframe.outbound.aws.AwsAccess;
import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.calls.FirstUse;
import bellframe.outbox.DeliveryFailed;

/// Puts events on a bus of EventBridge, which gives them ids of its own.
final class EventBridgeSink implements AlertSink {

    private final FirstUse<EventBus, RuntimeException> bus;

    /// @param access which is not made before there is an event
    EventBridgeSink(FirstUse<AwsAccess, RuntimeException> access, AwsEndpoint endpoint, String region, String bus) {
        this.bus = new FirstUse<>(() -> new EventBus(access.get(), endpoint, region, bus));
    }

    @Override
    public String name() {
        return "eventbridge";
    }

    @Override
    public void deliver(AlertEvent event) throws DeliveryFailed {
        bus.get().put(event);
    }
}
