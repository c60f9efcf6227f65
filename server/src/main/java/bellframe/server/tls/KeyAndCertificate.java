package bellframe.server.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A certificate and the private key to its public key.
///
/// @param chain the certificate, then its issuer and so on, as far as clients do not know them
public record KeyAndCertificate(PrivateKey key, List<X509Certificate> chain) {

    private static final byte[] PROBE = "probe".getBytes(StandardCharsets.US_ASCII);

    public KeyAndCertificate {
        chain = List.copyOf(chain);
    }

    public KeyAndCertificate(PrivateKey key, X509Certificate certificate) {
        this(key, List.of(certificate));
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /// Whether the certificate is valid now and for some time to come.
    public boolean isValid(Instant now, Duration longer) {
        return !now.isBefore(certificate().getNotBefore().toInstant())
                && now.plus(longer).isBefore(certificate().getNotAfter().toInstant());
    }

    /// Whether the key is the one to the certificate's public key.
    ///
    /// @throws NoSuchAlgorithmException if it is a key of a kind that is not served
    public boolean belongTogether() throws GeneralSecurityException {
        var signature = Signature.getInstance(signatureAlgorithm());
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        try {
            signature.initVerify(certificate().getPublicKey());
        } catch (InvalidKeyException ofAnotherKind) {
            return false;
        }
        signature.update(PROBE);
        return signature.verify(signed);
    }

    private String signatureAlgorithm() throws NoSuchAlgorithmException {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default -> throw new NoSuchAlgorithmException(key.getAlgorithm());
        };
    }

    @Override
    public String toString() {
        return "KeyAndCertificate[" + certificate().getSubjectX500Principal() + "]";
    }
}
