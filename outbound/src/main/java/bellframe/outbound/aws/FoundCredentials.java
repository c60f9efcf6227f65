package bellframe.outbound.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/// Looks for credentials, and not again for a while when there were none: the last place to look is the metadata service of
/// EC2, which elsewhere is an address that answers nobody and costs seconds.
final class FoundCredentials implements AwsCredentialsProvider {

    static final Duration PAUSE = Duration.ofSeconds(30);

    private final AwsCredentialsProvider places;
    private final InstantSource clock;
    private @Nullable Instant missedAt;

    FoundCredentials(AwsCredentialsProvider places, InstantSource clock) {
        this.places = places;
        this.clock = clock;
    }

    /// @throws SdkClientException because of [NoCredentials], if there are none
    @Override
    public synchronized AwsCredentials resolveCredentials() {
        Instant now = clock.instant();
        if (missedAt != null && now.isBefore(missedAt.plus(PAUSE))) {
            throw none(null);
        }
        try {
            AwsCredentials found = places.resolveCredentials();
            missedAt = null;
            return found;
        } catch (SdkClientException problem) {
            missedAt = now;
            throw none(problem);
        }
    }

    private static SdkClientException none(@Nullable Throwable problem) {
        var none = new NoCredentials(problem);
        return SdkClientException.create(String.valueOf(none.getMessage()), none);
    }
}
