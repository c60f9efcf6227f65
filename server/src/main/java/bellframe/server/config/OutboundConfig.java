package bellframe.server.config;

import bellframe.outbound.Receivers;
import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.lambda.LambdaArn;
import bellframe.outbound.webhook.WebhookSecrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whom the server calls outside, identity providers aside. [Setting] says what each component means.
///
/// @param processorWebhooks URLs by the ARN of a Lambda function
public record OutboundConfig(
        @Nullable String lambdaEndpoint,
        Map<String, String> processorWebhooks,
        @Nullable String alertEventBridgeEndpoint,
        String alertEventBus,
        String alertSource,
        @Nullable String alertWebhook,
        @Nullable Secret webhookSecret,
        List<String> hosts,
        boolean privateAddresses,
        @Nullable Path caFile) {

    private static final String AWS = "aws";
    private static final Pattern EVENT_BUS = Pattern.compile("[A-Za-z0-9._/-]{1,256}");
    private static final Pattern SOURCE = Pattern.compile("[!-~]{1,256}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,253}");

    public OutboundConfig {
        processorWebhooks = Collections.unmodifiableMap(new LinkedHashMap<>(processorWebhooks));
        hosts = List.copyOf(hosts);
        requireEndpoint(Setting.LAMBDA_ENDPOINT, lambdaEndpoint, privateAddresses);
        requireEndpoint(Setting.ALERT_EVENT_BRIDGE_ENDPOINT, alertEventBridgeEndpoint, privateAddresses);
        for (Map.Entry<String, String> webhook : processorWebhooks.entrySet()) {
            Setting.PROCESSOR_WEBHOOKS.require(LambdaArn.parse(webhook.getKey()).isPresent(), webhook.getKey());
            requireUrl(Setting.PROCESSOR_WEBHOOKS, webhook.getValue(), privateAddresses);
        }
        if (alertWebhook != null) {
            requireUrl(Setting.ALERT_WEBHOOK, alertWebhook, privateAddresses);
        }
        Setting.ALERT_EVENT_BUS.require(EVENT_BUS.matcher(alertEventBus).matches(), alertEventBus);
        Setting.ALERT_SOURCE.require(SOURCE.matcher(alertSource).matches(), alertSource);
        if (AWS.equals(alertEventBridgeEndpoint) && alertSource.startsWith("aws.")) {
            throw new InvalidConfig(Setting.ALERT_SOURCE, "alertSource is " + alertSource
                    + ", must not begin with aws. where alertEventBridgeEndpoint is aws");
        }
        Setting.WEBHOOK_SECRET.require(
                webhookSecret == null || WebhookSecrets.parse(webhookSecret.value()).isPresent(), webhookSecret);
        hosts.forEach(host -> Setting.OUTBOUND_HOSTS.require(HOST.matcher(host).matches(), host));
        if (webhookSecret == null && (alertWebhook != null || !processorWebhooks.isEmpty())) {
            throw new InvalidConfig("processorWebhooks and alertWebhook go with webhookSecret: set it too");
        }
    }

    /// The same in the terms of those who call.
    public Receivers receivers() {
        return new Receivers(
                endpoint(lambdaEndpoint),
                processorWebhooks.entrySet()
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, webhook -> URI.create(webhook.getValue()))),
                endpoint(alertEventBridgeEndpoint),
                alertEventBus,
                alertSource,
                alertWebhook == null ? null : URI.create(alertWebhook),
                webhookSecret == null ? null : WebhookSecrets.parse(webhookSecret.value()).orElseThrow(),
                Set.copyOf(hosts),
                privateAddresses,
                caFile);
    }

    private static @Nullable AwsEndpoint endpoint(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return text.equals(AWS) ? new AwsEndpoint.Regional() : new AwsEndpoint.At(URI.create(text));
    }

    private static void requireEndpoint(Setting setting, @Nullable String text, boolean privateAddresses) {
        if (text != null && !text.equals(AWS)) {
            requireUrl(setting, text, privateAddresses);
        }
    }

    private static void requireUrl(Setting setting, String text, boolean privateAddresses) {
        URI url = url(text);
        boolean hasHost = url != null && url.getHost() != null && url.getRawUserInfo() == null
                && url.getRawFragment() == null;
        boolean spoken = url != null
                && ("https".equals(url.getScheme()) || (privateAddresses && "http".equals(url.getScheme())));
        setting.require(hasHost && spoken, shown(text));
    }

    private static @Nullable URI url(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException _) {
            return null;
        }
    }

    /// A URL with a user may hold a password.
    private static String shown(String text) {
        return text.contains("@") ? "a URL that is not shown" : text;
    }
}
