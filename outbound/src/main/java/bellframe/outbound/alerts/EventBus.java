package bellframe.outbound.alerts;

import bellframe.outbound.aws.AwsAccess;
import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbox.DeliveryFailed;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/// One bus of EventBridge.
final class EventBus {

    /// What an entry of a request that was taken may be refused with, and be taken later.
    private static final Set<String> PASSING = Set.of("ThrottlingException", "InternalFailure", "InternalException",
            "ServiceUnavailable");

    private static final Pattern CODE = Pattern.compile("[A-Za-z.]{1,100}");

    private final AwsAccess access;
    private final EventBridgeClient client;
    private final String name;

    EventBus(AwsAccess access, AwsEndpoint endpoint, String region, String name) {
        this.access = access;
        this.client = access.client(EventBridgeClient.builder(), region, endpoint);
        this.name = name;
    }

    void put(AlertEvent event) throws DeliveryFailed {
        var entry = PutEventsRequestEntry.builder()
                .source(event.source())
                .detailType(event.alert().detailType())
                .detail(event.detail())
                .time(event.time())
                .eventBusName(name)
                .build();
        try {
            requireTaken(client.putEvents(request -> request.entries(entry)));
        } catch (RuntimeException problem) {
            throw access.failure("event bus", problem);
        }
    }

    private static void requireTaken(PutEventsResponse answer) throws DeliveryFailed {
        Integer failed = answer.failedEntryCount();
        if (failed == null || failed == 0) {
            return;
        }
        List<PutEventsResultEntry> entries = answer.entries();
        String code = entries.isEmpty() ? "" : String.valueOf(entries.getFirst().errorCode());
        String reason = "the event bus refused the event"
                + (CODE.matcher(code).matches() ? ": " + code : "");
        throw PASSING.contains(code)
                ? DeliveryFailed.transientFailure(reason)
                : DeliveryFailed.permanentFailure(reason);
    }
}
