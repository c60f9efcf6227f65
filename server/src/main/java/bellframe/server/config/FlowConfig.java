package bellframe.server.config;

import bellframe.outbound.Receivers;
import bellframe.outbound.lambda.LambdaArn;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The processors of channel flows. [Setting] says what each component means.
///
/// @param processorWebhooks URLs by the ARN of a Lambda function
public record FlowConfig(@Nullable String lambdaEndpoint, Map<String, String> processorWebhooks) {

    public FlowConfig {
        processorWebhooks = ReceiverUrls.inOrder(processorWebhooks);
        processorWebhooks.keySet()
                .forEach(arn -> Setting.PROCESSOR_WEBHOOKS.require(LambdaArn.parse(arn).isPresent(), arn));
    }

    void require(ReceiverUrls urls) {
        urls.requireEndpoint(Setting.LAMBDA_ENDPOINT, lambdaEndpoint);
        processorWebhooks.values().forEach(url -> urls.require(Setting.PROCESSOR_WEBHOOKS, url));
    }

    Receivers.Flows receivers() {
        return new Receivers.Flows(ReceiverUrls.endpoint(lambdaEndpoint), ReceiverUrls.addresses(processorWebhooks));
    }
}
