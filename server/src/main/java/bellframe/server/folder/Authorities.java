package bellframe.server.folder;

import bellframe.server.tls.KeyAndCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate authority of a data folder, and the next one, if that is prepared.
///
/// Clients trust all certificates of one file, the bundle. The present authority is the one of them that the key in
/// `ca-key.pem` belongs to. So the next one, which stands in the bundle before, takes its place by one step: its key is
/// renamed. What a crash leaves before or behind that step, [#settle] completes.
final class Authorities {

    private static final Logger log = LoggerFactory.getLogger(Authorities.class);

    private final Path bundle;
    private final PairFiles presentFiles;
    private final PairFiles nextFiles;
    private final Duration needed;
    private final InstantSource clock;
    private final SecureRandom random;

    /// @param needed how much longer an authority must be valid to be used
    Authorities(DataFolder folder, Duration needed, InstantSource clock, SecureRandom random) {
        this.bundle = folder.authorityCertificate();
        this.presentFiles = new PairFiles(folder.authorityKey(), bundle);
        this.nextFiles = new PairFiles(folder.nextAuthorityKey(), folder.nextAuthorityCertificate());
        this.needed = needed;
        this.clock = clock;
        this.random = random;
    }

    /// The one that signs, after putting another in its place if there is none, or it ends too soon.
    KeyAndCertificate present() throws IOException, GeneralSecurityException {
        KeyAndCertificate present = usable(presentFiles.read());
        if (present != null) {
            return present;
        }
        KeyAndCertificate next = next();
        return next == null ? makePresent() : promote(next);
    }

    /// Makes the next one, if there is none yet, and has clients that read the bundle from now on trust it too.
    KeyAndCertificate prepare() throws IOException, GeneralSecurityException {
        KeyAndCertificate present = present();
        KeyAndCertificate next = next();
        if (next == null) {
            next = make();
            nextFiles.write(next);
        }
        trust(present, next);
        return next;
    }

    /// Puts the next one in the place of the present one, which stays in the bundle until [#settle].
    KeyAndCertificate rotate() throws IOException, GeneralSecurityException {
        KeyAndCertificate next = next();
        return promote(next == null ? prepare() : next);
    }

    /// Has the bundle hold the present authority and the next one, and none that was before them.
    ///
    /// @param present is what clients are shown by now
    void settle(KeyAndCertificate present) throws IOException, GeneralSecurityException {
        KeyAndCertificate next = next();
        if (next != null) {
            trust(present, next);
        } else if (Files.exists(nextFiles.certificate())) {
            trust(present);
            nextFiles.delete();
        }
    }

    private @Nullable KeyAndCertificate next() throws IOException {
        return usable(nextFiles.read());
    }

    private @Nullable KeyAndCertificate usable(@Nullable KeyAndCertificate authority) {
        return authority != null && authority.isValid(clock.instant(), needed) ? authority : null;
    }

    private KeyAndCertificate promote(KeyAndCertificate next) throws IOException, GeneralSecurityException {
        KeyAndCertificate former = presentFiles.read();
        // Whoever takes the first certificate only, as `keytool` does, is to take the new one.
        trust(former == null ? new KeyAndCertificate[]{next} : new KeyAndCertificate[]{next, former});
        Files.move(nextFiles.key(), presentFiles.key(), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        DurableFile.syncEntry(presentFiles.key());
        log.info("another certificate authority is in use; clients that use TLS must trust {}", bundle);
        return next;
    }

    private KeyAndCertificate makePresent() throws IOException, GeneralSecurityException {
        KeyAndCertificate made = make();
        presentFiles.write(made);
        log.info("made a certificate authority; clients that use TLS must trust {}", bundle);
        return made;
    }

    private KeyAndCertificate make() throws GeneralSecurityException {
        return new CertificateMaker(clock.instant(), random).authority();
    }

    private void trust(KeyAndCertificate... authorities) throws IOException, GeneralSecurityException {
        List<X509Certificate> certificates = Stream.of(authorities).map(KeyAndCertificate::certificate).toList();
        String text = Pem.of(certificates);
        if (!Files.exists(bundle) || !text.equals(Files.readString(bundle))) {
            DurableFile.write(bundle, text);
        }
    }
}
