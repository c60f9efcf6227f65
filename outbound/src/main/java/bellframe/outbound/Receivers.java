package bellframe.outbound;

import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.calls.CallLimits;
import bellframe.outbound.calls.CallRules;
import bellframe.outbound.kinesis.KinesisSinks;
import bellframe.outbound.streams.StreamSink;
import bellframe.outbound.webhook.WebhookSecrets;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who is outside, and how they may be reached.
///
/// @param pushApps by the ARN of the Pinpoint application that stands for the app
/// @param webhookSecrets null if there are no webhooks
/// @param hosts who may be called beside those
/// @param privateAddresses whether names may lead to this machine and its networks, and plain HTTP may be spoken there
/// @param authorities certificates in PEM, of authorities that are trusted beside those of the JDK
public record Receivers(
        Flows flows,
        Streams streams,
        Map<String, PushAppConfig> pushApps,
        Bots bots,
        AlertTargets alerts,
        @Nullable WebhookSecrets webhookSecrets,
        Set<String> hosts,
        boolean privateAddresses,
        @Nullable Path authorities) {

    /// The processors of channel flows.
    ///
    /// @param lambda null if there are no Lambda functions
    /// @param webhooks addresses of processors, by the ARN that their flows name
    public record Flows(@Nullable AwsEndpoint lambda, Map<String, URI> webhooks) {

        public Flows {
            webhooks = Map.copyOf(webhooks);
        }
    }

    /// Where events are streamed to.
    ///
    /// @param kinesis null if there are no streams of Kinesis
    /// @param sinks what stands for a stream of Kinesis, by its ARN
    public record Streams(@Nullable AwsEndpoint kinesis, Map<String, StreamSink> sinks) {

        public Streams {
            sinks = Map.copyOf(sinks);
        }

        boolean isEmpty() {
            return kinesis == null && sinks.isEmpty();
        }
    }

    /// What answers for bots.
    ///
    /// @param lex null if there are no bots of Lex
    /// @param webhooks addresses of what stands for a bot of Lex, by the ARN of its alias
    public record Bots(@Nullable AwsEndpoint lex, Map<String, URI> webhooks) {

        public Bots {
            webhooks = Map.copyOf(webhooks);
        }

        boolean isEmpty() {
            return lex == null && webhooks.isEmpty();
        }
    }

    /// Where alerts go.
    ///
    /// @param eventBridge null if they do not go there
    /// @param source EventBridge's `source`
    /// @param webhook null if they do not go to one
    public record AlertTargets(@Nullable AwsEndpoint eventBridge, String bus, String source, @Nullable URI webhook) {
    }

    public Receivers {
        pushApps = Map.copyOf(pushApps);
        hosts = Set.copyOf(hosts);
    }

    /// Those that are configured may be called, and nobody else.
    CallRules rules(CallLimits limits) {
        var all = new HashSet<>(hosts);
        addHosts(all, flows.webhooks().values());
        addHosts(all, bots.webhooks().values());
        if (alerts.webhook() != null) {
            all.add(CallRules.hostOf(alerts.webhook()));
        }
        for (StreamSink sink : streams.sinks().values()) {
            if (sink instanceof StreamSink.Webhook(URI address)) {
                all.add(CallRules.hostOf(address));
            }
        }
        pushApps.values().forEach(app -> all.addAll(app.hosts()));
        if (streams.kinesis() != null) {
            all.addAll(KinesisSinks.hosts(streams.kinesis()));
        }
        addHost(all, flows.lambda(), "lambda");
        addHost(all, bots.lex(), "runtime-v2-lex");
        addHost(all, alerts.eventBridge(), "events");
        return new CallRules(all, privateAddresses, authorities, limits);
    }

    private static void addHosts(Set<String> all, Collection<URI> addresses) {
        addresses.forEach(address -> all.add(CallRules.hostOf(address)));
    }

    private static void addHost(Set<String> all, @Nullable AwsEndpoint endpoint, String service) {
        if (endpoint != null) {
            all.add(endpoint.host(service));
        }
    }
}
