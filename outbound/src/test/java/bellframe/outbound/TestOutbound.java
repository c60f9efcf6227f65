package bellframe.outbound;

import bellframe.names.Account;
import bellframe.names.AppInstanceArn;
import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.calls.CallLimits;
import bellframe.outbound.webhook.WebhookSecrets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Receivers of tests, which are all on this machine.
final class TestOutbound {

    static final Account ACCOUNT = new Account("123456789012", "eu-central-1");
    static final AppInstanceArn APP_INSTANCE = new AppInstanceArn(ACCOUNT, "app");
    static final String FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:words";
    static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    static final CallLimits LIMITS = new CallLimits(Duration.ofSeconds(10), Duration.ofSeconds(10),
            Duration.ofSeconds(20), 10_000, 16, 64);

    private TestOutbound() {
    }

    static Receivers receivers(@Nullable AwsEndpoint lambda, Map<String, URI> webhooks) {
        return new Receivers(new Receivers.Flows(lambda, webhooks), new Receivers.Streams(null, Map.of()), Map.of(),
                new Receivers.Bots(null, Map.of()), new Receivers.AlertTargets(null, "default", "aws.chime", null),
                WebhookSecrets.parse(SECRET).orElseThrow(), Set.of(), true, null);
    }

    static Outbound outbound(Receivers receivers) throws IOException {
        return new Outbound(receivers, ACCOUNT, new SimpleMeterRegistry(), InstantSource.system(),
                new SecureRandom(), LIMITS);
    }
}
