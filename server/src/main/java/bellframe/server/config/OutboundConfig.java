package bellframe.server.config;

import bellframe.outbound.PushAppConfig;
import bellframe.outbound.PushAppsFile;
import bellframe.outbound.Receivers;
import bellframe.outbound.webhook.WebhookSecrets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whom the server calls outside, identity providers aside. [Setting] says what each component means.
public record OutboundConfig(
        FlowConfig flows,
        StreamConfig streams,
        @Nullable Path pushAppsFile,
        BotConfig bots,
        AlertConfig alerts,
        @Nullable Secret webhookSecret,
        List<String> hosts,
        boolean privateAddresses,
        @Nullable Path caFile) {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,253}");

    public OutboundConfig {
        hosts = List.copyOf(hosts);
        var urls = new ReceiverUrls(privateAddresses);
        flows.require(urls);
        streams.require(urls);
        bots.require(urls);
        alerts.require(urls);
        Setting.WEBHOOK_SECRET.require(
                webhookSecret == null || WebhookSecrets.parse(webhookSecret.value()).isPresent(), webhookSecret);
        hosts.forEach(host -> Setting.OUTBOUND_HOSTS.require(HOST.matcher(host).matches(), host));
        if (webhookSecret == null && (alerts.webhook() != null || streams.hasWebhooks() || !bots.webhooks().isEmpty()
                || !flows.processorWebhooks().isEmpty())) {
            throw new InvalidConfig(
                    "processorWebhooks, botWebhooks, alertWebhook and URLs in streamSinks go with webhookSecret: set it too");
        }
    }

    /// The same in the terms of those who call.
    ///
    /// @throws InvalidConfig if a file that it names cannot be read
    public Receivers receivers() {
        return new Receivers(
                flows.receivers(),
                streams.receivers(),
                pushAppsFile == null ? Map.of() : pushApps(pushAppsFile),
                bots.receivers(),
                alerts.receivers(),
                webhookSecret == null ? null : WebhookSecrets.parse(webhookSecret.value()).orElseThrow(),
                Set.copyOf(hosts),
                privateAddresses,
                caFile);
    }

    private static Map<String, PushAppConfig> pushApps(Path file) {
        try {
            return PushAppsFile.read(file);
        } catch (IOException problem) {
            throw Setting.PUSH_APPS_FILE.unreadable(file, problem);
        }
    }
}
