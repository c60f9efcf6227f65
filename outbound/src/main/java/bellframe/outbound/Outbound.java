package bellframe.outbound;

import bellframe.alerts.Alerts;
import bellframe.bots.BotRuntimes;
import bellframe.flows.Processors;
import bellframe.names.Account;
import bellframe.outbound.alerts.AlertDelivery;
import bellframe.outbound.alerts.AlertSinks;
import bellframe.outbound.aws.AwsAccess;
import bellframe.outbound.calls.CallLimits;
import bellframe.outbound.calls.Calls;
import bellframe.outbound.calls.FirstUse;
import bellframe.outbound.kinesis.KinesisSinks;
import bellframe.outbound.lambda.LambdaProcessors;
import bellframe.outbound.lex.BotRuntimesByArn;
import bellframe.outbound.lex.LexBots;
import bellframe.outbound.lex.WebhookBots;
import bellframe.outbound.push.PushApp;
import bellframe.outbound.push.PushServicesByArn;
import bellframe.outbound.streams.StreamSinksByArn;
import bellframe.outbound.webhook.WebhookProcessors;
import bellframe.outbound.webhook.Webhooks;
import bellframe.push.PushServices;
import bellframe.streaming.StreamSinks;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/// The receivers outside, put together.
public final class Outbound implements AutoCloseable {

    private final Calls calls;
    private final FirstUse<AwsAccess, RuntimeException> aws;
    private final Processors processors;
    private final @Nullable StreamSinksByArn streams;
    private final @Nullable PushServicesByArn push;
    private final @Nullable BotRuntimes bots;
    private final AlertDelivery alerts;

    /// @param account whose app instances have these receivers
    /// @throws IOException if the certificates of authorities cannot be read
    public Outbound(Receivers receivers, Account account, MeterRegistry meters, InstantSource clock,
            SecureRandom random) throws IOException {
        this(receivers, account, meters, clock, random, CallLimits.STANDARD);
    }

    Outbound(Receivers receivers, Account account, MeterRegistry meters, InstantSource clock, SecureRandom random,
            CallLimits limits) throws IOException {
        this.calls = new Calls(receivers.rules(limits));
        this.aws = new FirstUse<>(() -> new AwsAccess(calls, clock));
        @Nullable
        Webhooks webhooks = receivers.webhookSecrets() == null
                ? null
                : new Webhooks(calls, receivers.webhookSecrets(), clock);
        this.processors = processors(receivers.flows(), webhooks);
        this.streams = receivers.streams().isEmpty() ? null : streams(receivers.streams(), account, webhooks);
        this.push = receivers.pushApps().isEmpty() ? null : push(receivers.pushApps(), clock, random);
        this.bots = receivers.bots().isEmpty() ? null : bots(receivers.bots(), webhooks);
        this.alerts = sinks(receivers.alerts(), account, webhooks).delivery(account, receivers.alerts().source(),
                meters, clock);
    }

    private Processors processors(Receivers.Flows flows, @Nullable Webhooks webhooks) {
        return new ProcessorsByArn(
                flows.webhooks().keySet(),
                webhooks == null ? null : new WebhookProcessors(flows.webhooks(), webhooks),
                flows.lambda() == null ? null : new LambdaProcessors(aws, flows.lambda()));
    }

    private StreamSinksByArn streams(Receivers.Streams streams, Account account,
            @Nullable Webhooks webhooks) {
        return new StreamSinksByArn(streams.sinks(), webhooks,
                streams.kinesis() == null ? null : new KinesisSinks(aws, streams.kinesis(), account));
    }

    private PushServicesByArn push(Map<String, PushAppConfig> configured, InstantSource clock,
            SecureRandom random) {
        var apps = new HashMap<String, PushApp>();
        configured.forEach((arn, app) -> apps.put(arn, app.connect(calls, clock, random)));
        return new PushServicesByArn(apps);
    }

    private BotRuntimes bots(Receivers.Bots bots, @Nullable Webhooks webhooks) {
        return new BotRuntimesByArn(
                bots.webhooks().keySet(),
                webhooks == null ? null : new WebhookBots(bots.webhooks(), webhooks),
                bots.lex() == null ? null : new LexBots(aws, bots.lex()));
    }

    private AlertSinks sinks(Receivers.AlertTargets targets, Account account, @Nullable Webhooks webhooks) {
        var sinks = new AlertSinks();
        if (targets.eventBridge() != null) {
            sinks.eventBridge(aws, targets.eventBridge(), account.region(), targets.bus());
        }
        if (targets.webhook() != null && webhooks != null) {
            sinks.webhook(targets.webhook(), webhooks);
        }
        return sinks;
    }

    public Processors processors() {
        return processors;
    }

    /// Null if nothing is streamed.
    public @Nullable StreamSinks streams() {
        return streams;
    }

    /// Null if no devices are reached.
    public @Nullable PushServices push() {
        return push;
    }

    /// Null if nothing answers for bots.
    public @Nullable BotRuntimes bots() {
        return bots;
    }

    public Alerts alerts() {
        return alerts;
    }

    /// Gives alerts that wait two seconds, then gives up all calls; nobody is called any more.
    @Override
    public void close() {
        alerts.close();
        if (push != null) {
            push.close();
        }
        if (streams != null) {
            streams.close();
        }
        calls.close();
        Optional<AwsAccess> made = aws.made();
        // A method reference would load the SDK.
        if (made.isPresent()) {
            made.get().close();
        }
    }
}
