package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.server.folder.Certificates;
import bellframe.server.folder.DataFolder;
import bellframe.server.tls.KeyAndCertificate;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurrentCertificateTest {

    private static final Duration A_YEAR = Duration.ofDays(380);

    private volatile Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path folder;

    @Test
    void aCertificateThatDoesNotEndSoonStaysInUse() {
        try (var current = new CurrentCertificate<>(certificates(), KeyAndCertificate::certificate)) {
            var first = current.get();
            current.renew();

            assertThat(current.get()).isSameAs(first);
        }
    }

    @Test
    void aCertificateThatEndsSoonIsReplaced() {
        try (var current = new CurrentCertificate<>(certificates(), KeyAndCertificate::certificate)) {
            var first = current.get();
            now = now.plus(A_YEAR);
            current.renew();

            assertThat(current.get().getNotAfter()).isAfter(first.getNotAfter());
        }
    }

    @Test
    void theEndIsLookedForWhileTheServerRuns() throws InterruptedException {
        var forms = new CountDownLatch(2);
        Function<KeyAndCertificate, KeyAndCertificate> counted = certificate -> {
            forms.countDown();
            return certificate;
        };
        try (var current = new CurrentCertificate<>(certificates(), counted)) {
            now = now.plus(A_YEAR);
            current.renewEvery(Duration.ofMillis(1));

            assertThat(forms.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Certificates certificates() {
        InstantSource clock = () -> now;
        return new Certificates(
                DataFolder.create(folder.resolve("data")), new TreeSet<>(Set.of("localhost")), clock,
                new SecureRandom());
    }
}
