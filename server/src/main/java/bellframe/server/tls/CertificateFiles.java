package bellframe.server.tls;

import bellframe.server.config.InvalidConfig;
import bellframe.server.config.ServerConfig;
import bellframe.server.config.Setting;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The certificate and key files that the configuration names. Whoever replaces them needs to tell nobody: what is in them
/// is compared with what was.
///
/// What cannot be used when the server runs, as a pair of which one file was replaced so far, leaves the pair before in
/// use, with one line in the log for each such state.
public final class CertificateFiles implements CertificateSource {

    private static final Logger log = LoggerFactory.getLogger(CertificateFiles.class);

    /// A new certificate is to be in use ten seconds after it was written at the latest. Two small files are read for it;
    /// file system events would not tell of a folder above that was swapped, as Kubernetes does, or of a network's files.
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(5);

    /// Whatever renews certificates does it weeks before their end, so it has failed by then.
    private static final Duration WARNED_BEFORE_END = Duration.ofDays(7);

    /// What a look at the files finds.
    private sealed interface Found {

        record Texts(String certificates, String key) implements Found {

            @Override
            public String toString() {
                return "Texts[not shown]";
            }
        }

        record Nothing(String problem) implements Found {
        }
    }

    /// What was said of the end of the certificate in use.
    private enum End {
        FAR,
        NEAR,
        PASSED
    }

    private final PemFile certificateFile;
    private final PemFile keyFile;
    private final InstantSource clock;
    private Found found;
    private KeyAndCertificate used;
    private End end = End.FAR;

    private CertificateFiles(PemFile certificateFile, PemFile keyFile, InstantSource clock) {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.clock = clock;
        Found.Texts texts = read();
        this.found = texts;
        this.used = pair(texts);
        logUse();
        warnOfEnd();
    }

    /// The files, after a first look at them; empty if the configuration names none.
    ///
    /// A certificate that is not valid is used all the same, with a warning: some clients do not mind or can be told not to,
    /// and those of plain HTTP never asked, so that a server that refused to start again would make things worse.
    ///
    /// @throws InvalidConfig if they cannot be used
    public static Optional<CertificateSource> of(ServerConfig config, InstantSource clock) {
        if (config.tlsCertificateFile() == null || config.tlsKeyFile() == null) {
            return Optional.empty();
        }
        return Optional.of(new CertificateFiles(
                new PemFile(Setting.TLS_CERTIFICATE_FILE, config.tlsCertificateFile()),
                new PemFile(Setting.TLS_KEY_FILE, config.tlsKeyFile()),
                clock));
    }

    /// The last pair that could be used; looks at the files for another one.
    @Override
    public synchronized KeyAndCertificate current() {
        Found now = look();
        if (!now.equals(found)) {
            found = now;
            takeOrKeep(now);
        }
        warnOfEnd();
        return used;
    }

    @Override
    public Duration lookInterval() {
        return LOOK_INTERVAL;
    }

    private Found look() {
        try {
            return read();
        } catch (InvalidConfig problem) {
            return new Found.Nothing(String.valueOf(problem.getMessage()));
        }
    }

    private Found.Texts read() {
        return new Found.Texts(certificateFile.text(), keyFile.text());
    }

    private void takeOrKeep(Found now) {
        try {
            used = switch (now) {
                case Found.Texts texts -> pair(texts);
                case Found.Nothing nothing -> throw new InvalidConfig(nothing.problem());
            };
            logUse();
        } catch (InvalidConfig problem) {
            log.error("{}; the certificate from before stays in use", problem.getMessage());
        }
    }

    private KeyAndCertificate pair(Found.Texts texts) {
        List<X509Certificate> chain = certificateFile.certificates(texts.certificates());
        var pair = new KeyAndCertificate(keyFile.privateKey(texts.key()), chain);
        requireTogether(pair);
        requireOrder(chain);
        return pair;
    }

    private void requireTogether(KeyAndCertificate pair) {
        try {
            if (!pair.belongTogether()) {
                throw keyFile.refusal("holds another key than that of the first certificate in "
                        + certificateFile.path() + " (tlsCertificateFile)");
            }
        } catch (GeneralSecurityException _) {
            throw keyFile.refusal("holds a key that cannot be used for TLS; its algorithm is "
                    + pair.key().getAlgorithm());
        }
    }

    /// The JDK serves no chain in another order, and older clients understand none.
    private void requireOrder(List<X509Certificate> chain) {
        for (int i = 1; i < chain.size(); i++) {
            boolean twice = chain.indexOf(chain.get(i)) < i;
            if (twice || !isSignedBy(chain.get(i - 1), chain.get(i))) {
                throw certificateFile.refusal("has as its certificate number " + (i + 1)
                        + " not the issuer of the one before; the server's own comes first, then its issuer and so on");
            }
        }
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private void logUse() {
        end = End.FAR;
        log.info("the certificate in {} is in use, valid until {}", certificateFile.path(), validUntil());
        if (clock.instant().isBefore(used.certificate().getNotBefore().toInstant())) {
            log.warn("the certificate in {} is not valid before {}", certificateFile.path(),
                    used.certificate().getNotBefore().toInstant());
        }
    }

    /// Once for each certificate when its end is near, and once when it has come.
    private void warnOfEnd() {
        End now = endNow();
        if (now.equals(end)) {
            return;
        }
        end = now;
        switch (now) {
            case FAR -> {
            }
            case NEAR -> log.warn("the certificate in {} is valid until {} only", certificateFile.path(), validUntil());
            case PASSED ->
                log.warn("the certificate in {} has expired at {}; clients refuse it", certificateFile.path(),
                        validUntil());
        }
    }

    private End endNow() {
        Instant now = clock.instant();
        if (now.isAfter(validUntil())) {
            return End.PASSED;
        }
        return now.plus(WARNED_BEFORE_END).isAfter(validUntil()) ? End.NEAR : End.FAR;
    }

    private Instant validUntil() {
        return used.certificate().getNotAfter().toInstant();
    }
}
