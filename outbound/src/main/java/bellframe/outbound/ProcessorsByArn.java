package bellframe.outbound;

import bellframe.flows.Processors;
import bellframe.names.AppInstanceArn;
import bellframe.outbox.DeliveryFailed;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Chooses how a processor is called: at its webhook if it has one, else as a Lambda function.
record ProcessorsByArn(Set<String> withWebhook, @Nullable Processors webhooks, @Nullable Processors functions)
        implements
            Processors {

    ProcessorsByArn {
        withWebhook = Set.copyOf(withWebhook);
    }

    @Override
    public void invoke(String processorArn, AppInstanceArn appInstance, byte[] event) throws DeliveryFailed {
        Processors chosen = withWebhook.contains(processorArn) ? webhooks : functions;
        if (chosen == null) {
            throw DeliveryFailed.permanentFailure("no endpoint is configured for " + processorArn);
        }
        chosen.invoke(processorArn, appInstance, event);
    }
}
