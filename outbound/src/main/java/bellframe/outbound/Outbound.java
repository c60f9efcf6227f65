package bellframe.outbound;

import bellframe.alerts.Alerts;
import bellframe.flows.Processors;
import bellframe.names.Account;
import bellframe.outbound.alerts.AlertDelivery;
import bellframe.outbound.alerts.AlertSinks;
import bellframe.outbound.aws.AwsAccess;
import bellframe.outbound.calls.CallLimits;
import bellframe.outbound.calls.Calls;
import bellframe.outbound.calls.FirstUse;
import bellframe.outbound.lambda.LambdaProcessors;
import bellframe.outbound.webhook.WebhookProcessors;
import bellframe.outbound.webhook.Webhooks;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The receivers outside, put together.
public final class Outbound implements AutoCloseable {

    private final Calls calls;
    private final FirstUse<AwsAccess, RuntimeException> aws;
    private final Processors processors;
    private final AlertDelivery alerts;

    /// @param account whose alerts they are
    /// @throws IOException if the certificates of authorities cannot be read
    public Outbound(Receivers receivers, Account account, MeterRegistry meters, InstantSource clock)
            throws IOException {
        this(receivers, account, meters, clock, CallLimits.STANDARD);
    }

    Outbound(Receivers receivers, Account account, MeterRegistry meters, InstantSource clock, CallLimits limits)
            throws IOException {
        this.calls = new Calls(receivers.rules(limits));
        this.aws = new FirstUse<>(() -> new AwsAccess(calls, clock));
        @Nullable
        Webhooks webhooks = receivers.webhookSecrets() == null
                ? null
                : new Webhooks(calls, receivers.webhookSecrets(), clock);
        this.processors = processors(receivers, webhooks);
        this.alerts = sinks(receivers, account, webhooks).delivery(account, receivers.alertSource(), meters, clock);
    }

    private Processors processors(Receivers receivers, @Nullable Webhooks webhooks) {
        return new ProcessorsByArn(
                receivers.processorWebhooks().keySet(),
                webhooks == null ? null : new WebhookProcessors(receivers.processorWebhooks(), webhooks),
                receivers.lambda() == null ? null : new LambdaProcessors(aws, receivers.lambda()));
    }

    private AlertSinks sinks(Receivers receivers, Account account, @Nullable Webhooks webhooks) {
        var sinks = new AlertSinks();
        if (receivers.eventBridge() != null) {
            sinks.eventBridge(aws, receivers.eventBridge(), account.region(), receivers.eventBus());
        }
        if (receivers.alertWebhook() != null && webhooks != null) {
            sinks.webhook(receivers.alertWebhook(), webhooks);
        }
        return sinks;
    }

    public Processors processors() {
        return processors;
    }

    public Alerts alerts() {
        return alerts;
    }

    /// Gives alerts that wait two seconds, then gives up all calls; nobody is called any more.
    @Override
    public void close() {
        alerts.close();
        calls.close();
        Optional<AwsAccess> made = aws.made();
        // A method reference would load the SDK.
        if (made.isPresent()) {
            made.get().close();
        }
    }
}
