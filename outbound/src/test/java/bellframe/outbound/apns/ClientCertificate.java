package bellframe.outbound.apns;

import bellframe.outbound.calls.TestCertificates;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate as Apple gives one to who sends to an app, which it names as its UID.
final class ClientCertificate {

    private static final Duration LIFE = Duration.ofDays(10);

    private final KeyPair keys = TestCertificates.keys();
    private final X509Certificate certificate;

    ClientCertificate(String topic) {
        var name = new X500Principal("UID=" + topic + ", CN=Apple Push Services: " + topic);
        Instant from = Instant.now().minus(Duration.ofHours(1));
        var builder = new JcaX509v3CertificateBuilder(name, BigInteger.ONE, Date.from(from),
                Date.from(from.plus(LIFE)), name, keys.getPublic());
        try {
            certificate = new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (OperatorCreationException | GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }

    X509Certificate certificate() {
        return certificate;
    }

    Path write(Path file, String password) {
        try (OutputStream out = Files.newOutputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("client", keys.getPrivate(), password.toCharArray(), new Certificate[]{certificate});
            store.store(out, password.toCharArray());
            return file;
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
