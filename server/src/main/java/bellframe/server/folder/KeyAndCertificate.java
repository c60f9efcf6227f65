package bellframe.server.folder;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/// A certificate and the private key to its public key.
public record KeyAndCertificate(PrivateKey key, X509Certificate certificate) {

    @Override
    public String toString() {
        return "KeyAndCertificate[" + certificate.getSubjectX500Principal() + "]";
    }
}
