package bellframe.server.config;

import bellframe.outbound.Receivers;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where alerts go. [Setting] says what each component means.
public record AlertConfig(
        @Nullable String eventBridgeEndpoint,
        String eventBus,
        String source,
        @Nullable String webhook) {

    private static final Pattern EVENT_BUS = Pattern.compile("[A-Za-z0-9._/-]{1,256}");
    private static final Pattern SOURCE = Pattern.compile("[!-~]{1,256}");

    public AlertConfig {
        Setting.ALERT_EVENT_BUS.require(EVENT_BUS.matcher(eventBus).matches(), eventBus);
        Setting.ALERT_SOURCE.require(SOURCE.matcher(source).matches(), source);
        if (ReceiverUrls.AWS.equals(eventBridgeEndpoint) && source.startsWith("aws.")) {
            throw new InvalidConfig(Setting.ALERT_SOURCE, "alertSource is " + source
                    + ", must not begin with aws. where alertEventBridgeEndpoint is aws");
        }
    }

    void require(ReceiverUrls urls) {
        urls.requireEndpoint(Setting.ALERT_EVENT_BRIDGE_ENDPOINT, eventBridgeEndpoint);
        if (webhook != null) {
            urls.require(Setting.ALERT_WEBHOOK, webhook);
        }
    }

    Receivers.AlertTargets receivers() {
        return new Receivers.AlertTargets(ReceiverUrls.endpoint(eventBridgeEndpoint), eventBus, source,
                webhook == null ? null : URI.create(webhook));
    }
}
