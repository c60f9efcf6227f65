package bellframe.server.tls;

import java.time.Duration;

/// Where the server's certificate comes from.
public interface CertificateSource {

    /// The certificate to serve now; another one than before if the former was renewed or replaced.
    KeyAndCertificate current();

    /// How often to ask whether there is another one.
    Duration lookInterval();
}
