package bellframe.server.folder;

import bellframe.server.tls.CertificateSource;
import bellframe.server.tls.KeyAndCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The local certificate authority and the server certificate it signs, kept in the data folder.
///
/// What is missing, damaged, does not fit together or ends soon is made anew; what is good is left alone. That also
/// mends what a crash between two files leaves behind.
public final class Certificates implements CertificateSource {

    private static final Logger log = LoggerFactory.getLogger(Certificates.class);

    private static final Duration LOOK_INTERVAL = Duration.ofHours(1);

    /// Browsers refuse certificates that live longer.
    private static final Duration SERVER_LIFE = Duration.ofDays(397);
    private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

    private final DataFolder folder;
    private final SequencedSet<String> names;
    private final InstantSource clock;
    private final SecureRandom random;

    /// @param names the names and addresses that the server certificate must carry
    public Certificates(DataFolder folder, SequencedSet<String> names, InstantSource clock, SecureRandom random) {
        this.folder = folder;
        this.names = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(names));
        this.clock = clock;
        this.random = random;
    }

    /// @throws FolderUnusable if the certificates cannot be read or written
    @Override
    public synchronized KeyAndCertificate current() {
        try {
            OwnerOnly.createFolder(folder.tls());
            OwnerOnly.tighten(folder.authorityKey());
            OwnerOnly.tighten(folder.serverKey());
            KeyAndCertificate authority = currentAuthority();
            KeyAndCertificate server = read(folder.serverKey(), folder.serverCertificate());
            return server != null && isGood(server.certificate(), authority.certificate())
                    ? server
                    : makeServer(authority);
        } catch (IOException | GeneralSecurityException problem) {
            throw new FolderUnusable("the certificates in " + folder.tls() + " cannot be used: " + problem, problem);
        }
    }

    @Override
    public Duration lookInterval() {
        return LOOK_INTERVAL;
    }

    /// The certificate of a folder's authority, if one was made there.
    ///
    /// @throws FolderUnusable if it cannot be read
    public static Optional<X509Certificate> authority(DataFolder folder) {
        Path file = folder.authorityCertificate();
        try {
            return Files.exists(file) ? Optional.of(Pem.certificate(Files.readString(file))) : Optional.empty();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException problem) {
            throw new FolderUnusable(file + " cannot be read: " + problem, problem);
        }
    }

    /// An authority that outlives any server certificate made today.
    private KeyAndCertificate currentAuthority() throws IOException, GeneralSecurityException {
        KeyAndCertificate authority = read(folder.authorityKey(), folder.authorityCertificate());
        if (authority != null && isValid(authority.certificate(), SERVER_LIFE)) {
            return authority;
        }
        KeyAndCertificate made = new CertificateMaker(clock.instant(), random).authority();
        write(made, folder.authorityKey(), folder.authorityCertificate());
        log.info("made a certificate authority; clients that use TLS must trust {}", folder.authorityCertificate());
        return made;
    }

    private KeyAndCertificate makeServer(KeyAndCertificate authority) throws IOException, GeneralSecurityException {
        KeyAndCertificate made = new CertificateMaker(clock.instant(), random).server(authority, names, SERVER_LIFE);
        write(made, folder.serverKey(), folder.serverCertificate());
        log.info("made a server certificate for {}, valid until {}", names,
                made.certificate().getNotAfter().toInstant());
        return made;
    }

    private boolean isGood(X509Certificate server, X509Certificate authority) throws GeneralSecurityException {
        return isValid(server, RENEWED_BEFORE_END) && isSignedBy(server, authority) && carriesNames(server);
    }

    private boolean isValid(X509Certificate certificate, Duration longer) {
        Instant now = clock.instant();
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && now.plus(longer).isBefore(certificate.getNotAfter().toInstant());
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate authority) {
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException problem) {
            log.debug("the server certificate is of another authority", problem);
            return false;
        }
    }

    private boolean carriesNames(X509Certificate certificate) throws GeneralSecurityException {
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives == null) {
            return false;
        }
        var carried = new HashSet<Object>();
        alternatives.forEach(alternative -> carried.add(alternative.get(1)));
        return names.stream().map(Certificates::asCarried).allMatch(carried::contains);
    }

    /// Certificates hold addresses as bytes, and the JDK writes those in its own way.
    private static String asCarried(String name) {
        return ServerNames.isAddress(name) ? InetAddress.ofLiteral(name).getHostAddress() : name;
    }

    private static @Nullable KeyAndCertificate read(Path keyFile, Path certificateFile) throws IOException {
        if (!Files.exists(keyFile) || !Files.exists(certificateFile)) {
            return null;
        }
        try {
            var pair = new KeyAndCertificate(
                    Pem.privateKey(Files.readString(keyFile)),
                    Pem.certificate(Files.readString(certificateFile)));
            return pair.belongTogether() ? pair : null;
        } catch (GeneralSecurityException | IllegalArgumentException problem) {
            log.warn("{} or {} is damaged and will be made anew: {}", keyFile, certificateFile, problem.toString());
            return null;
        }
    }

    private static void write(KeyAndCertificate made, Path keyFile, Path certificateFile)
            throws IOException, GeneralSecurityException {
        DurableFile.write(keyFile, Pem.of(made.key()));
        DurableFile.write(certificateFile, Pem.of(made.certificate()));
    }
}
