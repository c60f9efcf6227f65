package bellframe.server;

import bellframe.server.config.ServerConfig;
import bellframe.server.folder.RunningServerFile;
import java.nio.file.Path;
import java.util.Optional;

/// Whether a server proves itself with a certificate of the user, for commands that tell clients what to trust.
final class OwnCertificate {

    private OwnCertificate() {
    }

    /// The file; empty if the local authority's certificate is served.
    ///
    /// A running server knows better than a configuration that was read in another environment.
    static Optional<Path> file(ServerConfig config, Optional<RunningServerFile> running) {
        return running.isPresent()
                ? Optional.ofNullable(running.get().certificateFile())
                : Optional.ofNullable(config.tlsCertificateFile());
    }
}
