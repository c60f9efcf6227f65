package bellframe.outbound.calls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A private certificate authority, and the certificate for `localhost`, or another name, that it issued.
public final class TestCertificates {

    private static final Duration LIFE = Duration.ofDays(10);

    private final KeyPair authorityKeys = keys();
    private final KeyPair serverKeys = keys();
    private final X509Certificate authority = certificate("Authority", authorityKeys, authorityKeys.getPrivate(), 1);
    private final X509Certificate server;

    public TestCertificates() {
        this("localhost");
    }

    /// @param host whose certificate it is
    public TestCertificates(String host) {
        server = certificate(host, serverKeys, authorityKeys.getPrivate(), 2);
    }

    public SSLContext serverContext() {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", serverKeys.getPrivate(), new char[0], new Certificate[]{server});
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    public X509Certificate server() {
        return server;
    }

    public PrivateKey serverKey() {
        return serverKeys.getPrivate();
    }

    /// Writes the authority's certificate, in PEM.
    public Path writeAuthority(Path file) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(authority);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        try {
            return Files.writeString(file, "Authority of a test\n" + text);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static X509Certificate certificate(String name, KeyPair keys, PrivateKey signer, int serial) {
        Instant from = Instant.now().minus(Duration.ofHours(1));
        var builder = new JcaX509v3CertificateBuilder(new X500Principal("CN=Authority"), BigInteger.valueOf(serial),
                Date.from(from), Date.from(from.plus(LIFE)), new X500Principal("CN=" + name), keys.getPublic());
        boolean isAuthority = name.equals("Authority");
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            if (!isAuthority) {
                builder.addExtension(Extension.subjectAlternativeName, false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
        } catch (IOException | OperatorCreationException | GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /// A new pair of keys of P-256.
    public static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
