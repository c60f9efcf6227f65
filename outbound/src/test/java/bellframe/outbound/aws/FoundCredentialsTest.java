package bellframe.outbound.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

class FoundCredentialsTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean there;

    private final FoundCredentials credentials = new FoundCredentials(this::look, now::get);

    @Test
    void whoFoundNoneLooksAgainAfterAPauseOnly() {
        assertThatThrownBy(credentials::resolveCredentials).hasCauseInstanceOf(NoCredentials.class);
        now.set(Instant.EPOCH.plus(FoundCredentials.PAUSE).minusMillis(1));
        there = true;
        assertThatThrownBy(credentials::resolveCredentials).hasCauseInstanceOf(NoCredentials.class);
        assertThat(looks).hasValue(1);

        now.set(Instant.EPOCH.plus(FoundCredentials.PAUSE));
        assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("id");
    }

    @Test
    void whoFoundSomeAlwaysAsks() {
        there = true;
        credentials.resolveCredentials();
        credentials.resolveCredentials();
        assertThat(looks).hasValue(2);
    }

    private AwsCredentials look() {
        looks.incrementAndGet();
        if (!there) {
            throw SdkClientException.create("nowhere");
        }
        return AwsBasicCredentials.create("id", "secret");
    }
}
