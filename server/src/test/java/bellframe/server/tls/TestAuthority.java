package bellframe.server.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;

/// A certificate authority as users have one, with an authority between it and the certificates it issues for `localhost`.
public final class TestAuthority {

    private final Instant now;
    private final KeyPair rootKeys = keys("EC", "secp256r1");
    private final KeyPair betweenKeys = keys("RSA", null);
    private final X509Certificate root;
    private final X509Certificate between;
    private int serial;

    /// @param now when its certificates begin, nearly
    public TestAuthority(Instant now) {
        this.now = now;
        Duration life = Duration.ofDays(1000);
        root = certificate("Root", rootKeys, null, rootKeys.getPrivate(), life);
        between = certificate("Between", betweenKeys, root, rootKeys.getPrivate(), life);
    }

    /// What clients trust.
    public X509Certificate root() {
        return root;
    }

    /// A new key and its certificate, with the one of the authority between.
    ///
    /// @param algorithm RSA, Ed25519 or the name of a curve
    public KeyAndCertificate issue(String algorithm, Duration life) {
        KeyPair keys = switch (algorithm) {
            case "RSA", "Ed25519", "DSA" -> keys(algorithm, null);
            default -> keys("EC", algorithm);
        };
        X509Certificate certificate = certificate("localhost", keys, between, betweenKeys.getPrivate(), life);
        return new KeyAndCertificate(keys.getPrivate(), List.of(certificate, between));
    }

    /// The chain as a file holds it.
    public static String pem(KeyAndCertificate pair) {
        return pem(pair.chain().toArray());
    }

    /// The key as `openssl genpkey` writes it.
    public static String pkcs8(PrivateKey key) {
        return pem(new PemObject("PRIVATE KEY", key.getEncoded()));
    }

    /// The key as older tools write it, with the name of its algorithm.
    static String traditional(PrivateKey key) {
        return key instanceof ECPrivateKey curved ? sec1(curved) : pem(key);
    }

    /// As `openssl ecparam -genkey` writes it: behind the curve's name, which the key has too.
    private static String sec1(ECPrivateKey key) {
        var parameters = PrivateKeyInfo.getInstance(key.getEncoded()).getPrivateKeyAlgorithm().getParameters();
        var sec1 = new org.bouncycastle.asn1.sec.ECPrivateKey(key.getParams().getOrder().bitLength(), key.getS(),
                parameters);
        try {
            return pem(new PemObject("EC PARAMETERS", parameters.toASN1Primitive().getEncoded()),
                    new PemObject("EC PRIVATE KEY", sec1.getEncoded()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static String pem(Object... entries) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            for (Object entry : entries) {
                writer.writeObject(entry);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private X509Certificate certificate(String name, KeyPair keys, @Nullable X509Certificate issuer, PrivateKey signer,
            Duration life) {
        var subject = new X500Principal("CN=" + name);
        Instant from = now.minus(Duration.ofHours(1));
        var builder = new JcaX509v3CertificateBuilder(
                issuer == null ? subject : issuer.getSubjectX500Principal(), BigInteger.valueOf(++serial),
                Date.from(from), Date.from(now.plus(life)), subject, keys.getPublic());
        boolean authority = !name.equals("localhost");
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!authority) {
                builder.addExtension(Extension.subjectAlternativeName, false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
            }
            var algorithm = signer.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signer)));
        } catch (IOException | OperatorCreationException | GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private static KeyPair keys(String algorithm, @Nullable String curve) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            if (curve != null) {
                generator.initialize(new ECGenParameterSpec(curve));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
