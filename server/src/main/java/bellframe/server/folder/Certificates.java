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
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
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

    private interface Step<T> {
        T run() throws IOException, GeneralSecurityException;
    }

    private final DataFolder folder;
    private final Authorities authorities;
    private final PairFiles serverFiles;
    private final SequencedSet<String> names;
    private final InstantSource clock;
    private final SecureRandom random;

    /// @param names the names and addresses that the server certificate must carry
    public Certificates(DataFolder folder, SequencedSet<String> names, InstantSource clock, SecureRandom random) {
        this.folder = folder;
        // An authority that outlives any server certificate made today.
        this.authorities = new Authorities(folder, SERVER_LIFE, clock, random);
        this.serverFiles = new PairFiles(folder.serverKey(), folder.serverCertificate());
        this.names = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(names));
        this.clock = clock;
        this.random = random;
    }

    /// The server certificate. One that is made now is not served yet, so only a look that finds it takes the authority before
    /// from what clients trust.
    ///
    /// @throws FolderUnusable if the certificates cannot be read or written
    @Override
    public synchronized KeyAndCertificate current() {
        return orUnusable(() -> {
            OwnerOnly.createFolder(folder.tls());
            KeyAndCertificate authority = authorities.present();
            KeyAndCertificate server = serverFiles.read();
            if (server == null || !isGood(server, authority.certificate())) {
                return makeServer(authority);
            }
            authorities.settle(authority);
            return server;
        });
    }

    @Override
    public Duration lookInterval() {
        return LOOK_INTERVAL;
    }

    /// Makes the authority that is to follow the present one, so that clients can trust both before it does.
    ///
    /// @throws FolderUnusable if the certificates cannot be read or written
    public synchronized void prepareAuthority() {
        orUnusable(authorities::prepare);
    }

    /// Puts the next authority in the place of the present one; [#current] then has the server certificate made by it.
    ///
    /// @throws FolderUnusable if the certificates cannot be read or written
    public synchronized void rotateAuthority() {
        orUnusable(authorities::rotate);
    }

    /// The certificate of a folder's authority, if one was made there.
    ///
    /// @throws FolderUnusable if it cannot be read
    public static Optional<X509Certificate> authority(DataFolder folder) {
        return certificate(folder.authorityCertificate());
    }

    /// The certificate of the authority that is to follow, if one is prepared.
    ///
    /// @throws FolderUnusable if it cannot be read
    public static Optional<X509Certificate> nextAuthority(DataFolder folder) {
        return Files.exists(folder.nextAuthorityKey())
                ? certificate(folder.nextAuthorityCertificate())
                : Optional.empty();
    }

    private static Optional<X509Certificate> certificate(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(Pem.certificates(Files.readString(file)).getFirst())
                    : Optional.empty();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException problem) {
            throw new FolderUnusable(file + " cannot be read: " + problem, problem);
        }
    }

    private <T> T orUnusable(Step<T> step) {
        try {
            return step.run();
        } catch (IOException | GeneralSecurityException problem) {
            throw new FolderUnusable("the certificates in " + folder.tls() + " cannot be used: " + problem, problem);
        }
    }

    private KeyAndCertificate makeServer(KeyAndCertificate authority) throws IOException, GeneralSecurityException {
        KeyAndCertificate made = new CertificateMaker(clock.instant(), random).server(authority, names, SERVER_LIFE);
        serverFiles.write(made);
        log.info("made a server certificate for {}, valid until {}", names,
                made.certificate().getNotAfter().toInstant());
        return made;
    }

    private boolean isGood(KeyAndCertificate server, X509Certificate authority) throws GeneralSecurityException {
        return server.isValid(clock.instant(), RENEWED_BEFORE_END) && isSignedBy(server.certificate(), authority)
                && carriesNames(server.certificate());
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
}
