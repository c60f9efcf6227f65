package bellframe.outbound.webhook;

import bellframe.flows.Processors;
import bellframe.names.AppInstanceArn;
import bellframe.outbox.DeliveryFailed;
import java.net.URI;
import java.util.Map;

/// Calls processors at addresses of the operator's choice, under the ARN that their flows name.
public final class WebhookProcessors implements Processors {

    private final Map<String, URI> addresses;
    private final Webhooks webhooks;

    /// @param addresses by the processor's ARN
    public WebhookProcessors(Map<String, URI> addresses, Webhooks webhooks) {
        this.addresses = Map.copyOf(addresses);
        this.webhooks = webhooks;
    }

    @Override
    public void invoke(String processorArn, AppInstanceArn appInstance, byte[] event) throws DeliveryFailed {
        URI address = addresses.get(processorArn);
        if (address == null) {
            throw DeliveryFailed.permanentFailure("no webhook is configured for " + processorArn);
        }
        webhooks.post(address, event);
    }
}
