package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.server.folder.Certificates;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.FolderUnusable;
import bellframe.server.tls.CertificateSource;
import bellframe.server.tls.KeyAndCertificate;
import bellframe.server.tls.TestAuthority;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaTaskTest {

    @TempDir
    Path temporary;

    @Test
    void theCertificateOfThePreparedAuthorityIsServed() throws Exception {
        DataFolder folder = DataFolder.create(temporary.resolve("data"));
        var certificates = new Certificates(folder, new TreeSet<>(List.of("localhost")), InstantSource.system(),
                new SecureRandom());
        try (var served = new CurrentCertificate<>(certificates, KeyAndCertificate::certificate)) {
            var task = new CaTask(folder, certificates, served::renew);
            X509Certificate before = served.get();

            assertThat(task.run("PREPARE").answer()).contains("prepared the next certificate authority");
            assertThat(served.get()).isEqualTo(before);
            X509Certificate next = Certificates.nextAuthority(folder).orElseThrow();
            assertThat(task.run("ROTATE").logged()).contains("another certificate authority is in use");

            served.get().verify(next.getPublicKey());
            assertThat(Certificates.authority(folder)).contains(next);
            assertThat(Certificates.nextAuthority(folder)).isEmpty();
        }
    }

    @Test
    void aCertificateOfTheUserHasNoAuthorityToReplace() {
        DataFolder folder = DataFolder.create(temporary.resolve("data"));
        KeyAndCertificate own = new TestAuthority(Instant.now()).issue("secp256r1", Duration.ofDays(90));
        var task = new CaTask(folder, new CertificateSource() {
            @Override
            public KeyAndCertificate current() {
                return own;
            }

            @Override
            public Duration lookInterval() {
                return Duration.ofDays(1);
            }
        }, () -> {
        });

        assertThatThrownBy(() -> task.run("ROTATE")).isInstanceOf(FolderUnusable.class)
                .hasMessageContaining("not in use");
    }

    @Test
    void whatIsNoStepIsRefused() {
        DataFolder folder = DataFolder.create(temporary.resolve("data"));
        var certificates = new Certificates(folder, new TreeSet<>(List.of("localhost")), InstantSource.system(),
                new SecureRandom());

        assertThatThrownBy(() -> new CaTask(folder, certificates, certificates::current).run("REVOKE"))
                .isInstanceOf(FolderUnusable.class)
                .hasMessageContaining("REVOKE");
        assertThat(folder.authorityCertificate()).doesNotExist();
    }
}
