package bellframe.outbound.webhook;

import bellframe.outbound.calls.Answer;
import bellframe.outbox.DeliveryFailed;
import bellframe.streaming.StreamSinks;
import java.net.URI;
import java.util.Map;

/// Posts records of streams to addresses of the operator's choice, under the ARN that app instances name: each in a request
/// of its own, as it is. Safe for use by many threads.
///
/// No failure is for good but that of a record that is too large for the receiver: one that refuses records may be mended,
/// and there is nobody else to take them.
public final class WebhookSinks implements StreamSinks {

    private static final int CONTENT_TOO_LARGE = 413;

    private final Map<String, URI> addresses;
    private final Webhooks webhooks;

    /// @param addresses by the stream's ARN
    public WebhookSinks(Map<String, URI> addresses, Webhooks webhooks) {
        this.addresses = Map.copyOf(addresses);
        this.webhooks = webhooks;
    }

    /// Whoever configured an address says that it is fit.
    @Override
    public Fitness fitness(String streamArn) {
        return addresses.containsKey(streamArn) ? new Fitness.Fit() : new Fitness.Absent();
    }

    @Override
    public void put(String streamArn, String partitionKey, byte[] record) throws DeliveryFailed {
        URI address = addresses.get(streamArn);
        if (address == null) {
            throw DeliveryFailed.transientFailure("no webhook is configured for " + streamArn);
        }
        Answer answer = send(address, record);
        if (answer.status() == CONTENT_TOO_LARGE) {
            throw DeliveryFailed.permanentFailure("the record is too large for the webhook");
        }
        try {
            webhooks.requireTaken(answer);
        } catch (DeliveryFailed failure) {
            throw passing(failure);
        }
    }

    private Answer send(URI address, byte[] record) throws DeliveryFailed {
        try {
            return webhooks.send(address, record);
        } catch (DeliveryFailed failure) {
            throw passing(failure);
        }
    }

    private static DeliveryFailed passing(DeliveryFailed failure) {
        return failure.permanent() ? DeliveryFailed.transientFailure(failure.reason()) : failure;
    }
}
