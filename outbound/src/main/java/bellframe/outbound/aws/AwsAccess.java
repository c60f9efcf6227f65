package bellframe.outbound.aws;

import bellframe.outbound.calls.Calls;
import bellframe.outbox.DeliveryFailed;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/// Makes clients of the AWS SDK, and closes them. Safe for use by many threads.
///
/// Credentials are looked for where the SDK always looks: environment, profiles, containers, EC2. Nothing is tried again
/// here; whoever calls does so, with pauses that it knows.
public final class AwsAccess implements AutoCloseable {

    private final CallsTransport transport;
    private final FoundCredentials credentials;
    private final InstantSource clock;
    private final List<SdkAutoCloseable> closed = new ArrayList<>();

    public AwsAccess(Calls calls, InstantSource clock) {
        this(calls, DefaultCredentialsProvider.builder().build(), clock);
    }

    public AwsAccess(Calls calls, AwsCredentialsProvider places, InstantSource clock) {
        this.transport = new CallsTransport(calls);
        this.credentials = new FoundCredentials(places, clock);
        this.clock = clock;
        if (places instanceof SdkAutoCloseable closeable) {
            closed.add(closeable);
        }
    }

    /// A client, which lives as long as this.
    ///
    /// @param region for whose services calls are signed
    public synchronized <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C extends SdkAutoCloseable> C client(
            B builder, String region, AwsEndpoint endpoint) {
        builder.region(Region.of(region))
                .credentialsProvider(credentials)
                .httpClient(transport)
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()));
        if (endpoint.override() != null) {
            builder.endpointOverride(endpoint.override());
        }
        C client = builder.build();
        closed.add(client);
        return client;
    }

    /// What a failure of one of the clients means to whoever hands something to receivers. Not all have a type of the SDK: a
    /// profile that cannot be read has none.
    ///
    /// @param receiver what was called, for the reason
    public DeliveryFailed failure(String receiver, RuntimeException problem) {
        return AwsFailures.of(receiver, problem, clock.instant());
    }

    @Override
    public synchronized void close() {
        closed.forEach(SdkAutoCloseable::close);
        closed.clear();
    }
}
