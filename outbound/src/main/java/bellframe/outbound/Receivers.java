package bellframe.outbound;

import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.calls.CallLimits;
import bellframe.outbound.calls.CallRules;
import bellframe.outbound.webhook.WebhookSecrets;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who is outside, and how they may be reached.
///
/// @param lambda null if there are no Lambda functions
/// @param processorWebhooks addresses of processors, by the ARN that their flows name
/// @param eventBridge null if alerts do not go there
/// @param alertSource EventBridge's `source` of alerts
/// @param alertWebhook null if alerts do not go to one
/// @param webhookSecrets null if there are no webhooks
/// @param hosts who may be called beside those
/// @param privateAddresses whether names may lead to this machine and its networks, and plain HTTP may be spoken there
/// @param authorities certificates in PEM, of authorities that are trusted beside those of the JDK
public record Receivers(
        @Nullable AwsEndpoint lambda,
        Map<String, URI> processorWebhooks,
        @Nullable AwsEndpoint eventBridge,
        String eventBus,
        String alertSource,
        @Nullable URI alertWebhook,
        @Nullable WebhookSecrets webhookSecrets,
        Set<String> hosts,
        boolean privateAddresses,
        @Nullable Path authorities) {

    public Receivers {
        processorWebhooks = Map.copyOf(processorWebhooks);
        hosts = Set.copyOf(hosts);
    }

    /// Those that are configured may be called, and nobody else.
    CallRules rules(CallLimits limits) {
        var all = new HashSet<>(hosts);
        processorWebhooks.values().forEach(address -> all.add(CallRules.hostOf(address)));
        if (alertWebhook != null) {
            all.add(CallRules.hostOf(alertWebhook));
        }
        if (lambda != null) {
            all.add(lambda.host("lambda"));
        }
        if (eventBridge != null) {
            all.add(eventBridge.host("events"));
        }
        return new CallRules(all, privateAddresses, authorities, limits);
    }
}
