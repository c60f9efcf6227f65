package bellframe.server.folder;

import bellframe.server.tls.KeyAndCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of a key and of its certificate.
///
/// @param certificate may hold other certificates too
record PairFiles(Path key, Path certificate) {

    private static final Logger log = LoggerFactory.getLogger(PairFiles.class);

    /// The key and the certificate that belongs to it; null if there are none.
    @Nullable
    KeyAndCertificate read() throws IOException {
        if (!Files.exists(key) || !Files.exists(certificate)) {
            return null;
        }
        OwnerOnly.tighten(key);
        try {
            PrivateKey privateKey = Pem.privateKey(Files.readString(key));
            for (X509Certificate candidate : Pem.certificates(Files.readString(certificate))) {
                var pair = new KeyAndCertificate(privateKey, candidate);
                if (pair.belongTogether()) {
                    return pair;
                }
            }
            return null;
        } catch (GeneralSecurityException | IllegalArgumentException problem) {
            log.warn("{} or {} is damaged and is not used any more: {}", key, certificate, problem.toString());
            return null;
        }
    }

    void write(KeyAndCertificate pair) throws IOException, GeneralSecurityException {
        DurableFile.write(key, Pem.of(pair.key()));
        DurableFile.write(certificate, Pem.of(pair.certificate()));
    }

    /// Removes both; the certificate's file is there as long as anything is left to do.
    void delete() throws IOException {
        Files.deleteIfExists(key);
        Files.deleteIfExists(certificate);
    }
}
