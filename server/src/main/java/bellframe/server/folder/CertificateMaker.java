package bellframe.server.folder;

import bellframe.server.tls.KeyAndCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes certificates with Bouncy Castle, which is not loaded when there are good ones.
final class CertificateMaker {

    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    /// Certificates begin a little earlier, for clients whose clock is behind.
    private static final Duration BACKDATED = Duration.ofHours(1);
    private static final int SERIAL_BITS = 127;
    private static final int NAME_BYTES = 4;

    private final Instant now;
    private final SecureRandom random;

    CertificateMaker(Instant now, SecureRandom random) {
        this.now = now;
        this.random = random;
    }

    /// A certificate authority that signs server certificates only.
    KeyAndCertificate authority() throws GeneralSecurityException {
        KeyPair keys = newKeys();
        var suffix = new byte[NAME_BYTES];
        random.nextBytes(suffix);
        var name = new X500Principal("CN=Bellframe local authority " + HexFormat.of().formatHex(suffix));
        var builder = builder(name, name, keys, AUTHORITY_LIFE);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(Extension.subjectKeyIdentifier, false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            return signed(builder, keys, keys);
        } catch (IOException | OperatorCreationException problem) {
            throw new GeneralSecurityException("the certificate authority cannot be made", problem);
        }
    }

    /// A server certificate signed by the authority.
    ///
    /// @param names host names and addresses, as a client writes them into an address
    KeyAndCertificate server(KeyAndCertificate authority, Collection<String> names, Duration life)
            throws GeneralSecurityException {
        KeyPair keys = newKeys();
        X509Certificate issuer = authority.certificate();
        var builder = builder(issuer.getSubjectX500Principal(), new X500Principal("CN=Bellframe"), keys, life);
        try {
            var identifiers = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, generalNames(names));
            builder.addExtension(Extension.subjectKeyIdentifier, false,
                    identifiers.createSubjectKeyIdentifier(keys.getPublic()));
            builder.addExtension(Extension.authorityKeyIdentifier, false,
                    identifiers.createAuthorityKeyIdentifier(issuer.getPublicKey()));
            return signed(builder, keys, new KeyPair(issuer.getPublicKey(), authority.key()));
        } catch (IOException | OperatorCreationException problem) {
            throw new GeneralSecurityException("the server certificate cannot be made", problem);
        }
    }

    private KeyPair newKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private JcaX509v3CertificateBuilder builder(X500Principal issuer, X500Principal subject, KeyPair keys,
            Duration life) {
        Instant from = now.minus(BACKDATED);
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                Date.from(from),
                Date.from(from.plus(life)),
                subject,
                keys.getPublic());
    }

    private KeyAndCertificate signed(JcaX509v3CertificateBuilder builder, KeyPair keys, KeyPair signer)
            throws OperatorCreationException, GeneralSecurityException {
        var contentSigner = new JcaContentSignerBuilder("SHA256withECDSA")
                .setSecureRandom(random)
                .build(signer.getPrivate());
        X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(builder.build(contentSigner));
        return new KeyAndCertificate(keys.getPrivate(), certificate);
    }

    private static GeneralNames generalNames(Collection<String> names) {
        return new GeneralNames(names.stream()
                .map(name -> new GeneralName(
                        ServerNames.isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }
}
