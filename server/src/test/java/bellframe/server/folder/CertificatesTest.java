package bellframe.server.folder;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.server.config.ConfigReader;
import bellframe.server.config.ServerConfig;
import bellframe.server.config.Setting;
import bellframe.server.tls.KeyAndCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificatesTest {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final SecureRandom random = new SecureRandom();

    @TempDir
    Path temporary;

    private DataFolder folder;
    private Instant now = START;

    @BeforeEach
    void createFolder() {
        folder = DataFolder.create(temporary.resolve("data"));
    }

    @Test
    void theServerCertificateChainsToTheAuthority() throws Exception {
        X509Certificate server = current().certificate();

        verify(server, authority());
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(authority().getBasicConstraints()).isZero();
        assertThat(server.getPublicKey().getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void theServerCertificateLives397DaysAndCoversNow() throws Exception {
        X509Certificate server = current().certificate();

        server.checkValidity(Date.from(now));
        assertThat(Duration.between(server.getNotBefore().toInstant(), server.getNotAfter().toInstant()))
                .isLessThanOrEqualTo(Duration.ofDays(397));
    }

    @Test
    void theServerCertificateCarriesTheNamesOfTheServer() throws Exception {
        ServerConfig config = new ConfigReader(Map.of())
                .read(Map.of(Setting.PUBLIC_HOST, "Chat.Example.com:8443", Setting.HOST, "192.0.2.7"), null);

        X509Certificate server = certificates(ServerNames.of(config)).current().certificate();

        assertThat(names(server))
                .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "chat.example.com", "192.0.2.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void theAddressForAllIsNoName(String host) {
        ServerConfig config = new ConfigReader(Map.of()).read(Map.of(Setting.HOST, host), null);

        assertThat(ServerNames.of(config)).doesNotContain(host);
    }

    @Test
    void goodCertificatesAreKept() throws Exception {
        X509Certificate server = current().certificate();
        X509Certificate authority = authority();

        assertThat(current().certificate()).isEqualTo(server);
        assertThat(authority()).isEqualTo(authority);
    }

    @Test
    void theServerCertificateIsRenewedThirtyDaysBeforeItsEnd() throws Exception {
        X509Certificate first = current().certificate();
        X509Certificate authority = authority();
        Instant renewal = first.getNotAfter().toInstant().minus(Duration.ofDays(30));

        now = renewal.minusSeconds(1);
        assertThat(current().certificate()).isEqualTo(first);
        now = renewal;
        X509Certificate second = current().certificate();

        assertThat(second).isNotEqualTo(first);
        assertThat(authority()).isEqualTo(authority);
        verify(second, authority);
    }

    @Test
    void theAuthorityIsRenewedBeforeItsEnd() throws Exception {
        current();
        X509Certificate first = authority();

        now = first.getNotAfter().toInstant().minus(Duration.ofDays(396));
        X509Certificate server = current().certificate();

        assertThat(authority()).isNotEqualTo(first);
        verify(server, authority());
    }

    @Test
    void aNewNameMakesANewCertificateUnderTheSameAuthority() throws Exception {
        current();
        X509Certificate authority = authority();

        X509Certificate server = certificates(new TreeSet<>(Set.of("localhost", "new.example.com")))
                .current()
                .certificate();

        assertThat(names(server)).contains("new.example.com");
        verify(server, authority);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.pem", "ca-key.pem", "server.pem", "server-key.pem"})
    void aMissingFileIsMended(String file) throws Exception {
        current();
        Files.delete(folder.tls().resolve(file));

        verify(current().certificate(), authority());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.pem", "ca-key.pem", "server.pem", "server-key.pem"})
    void aDamagedFileIsMended(String file) throws Exception {
        current();
        Files.writeString(folder.tls().resolve(file), "-----BEGIN CERTIFICATE-----\nnonsense\n");

        verify(current().certificate(), authority());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca-key.pem", "server-key.pem"})
    void aRenewalKilledBetweenKeyAndCertificateIsMended(String keyFile) throws Exception {
        current();
        DataFolder other = DataFolder.create(temporary.resolve("other"));
        certificates(other, new TreeSet<>(Set.of("localhost"))).current();
        Files.copy(other.tls().resolve(keyFile), folder.tls().resolve(keyFile),
                StandardCopyOption.REPLACE_EXISTING);

        verify(current().certificate(), authority());
    }

    @Test
    void aPreparedAuthorityIsTrustedBesideThePresentOneAndDoesNotSign() throws Exception {
        X509Certificate server = current().certificate();
        X509Certificate authority = authority();

        certificates().prepareAuthority();

        assertThat(bundle()).hasSize(2).startsWith(authority).endsWith(next());
        assertThat(current().certificate()).isEqualTo(server);
        assertThat(bundle()).hasSize(2);
    }

    @Test
    void preparingAgainChangesNothing() throws Exception {
        current();
        certificates().prepareAuthority();
        List<X509Certificate> bundle = bundle();

        certificates().prepareAuthority();

        assertThat(bundle()).isEqualTo(bundle);
    }

    @Test
    void thePreparedAuthorityTakesThePlaceOfThePresentOneOnceItsCertificateIsServed() throws Exception {
        current();
        X509Certificate former = authority();
        certificates().prepareAuthority();
        X509Certificate next = next();

        certificates().rotateAuthority();
        verify(current().certificate(), next);
        assertThat(bundle()).containsExactly(next, former);
        verify(current().certificate(), next);

        assertThat(bundle()).containsExactly(next);
        assertThat(Certificates.nextAuthority(folder)).isEmpty();
        assertThat(folder.nextAuthorityCertificate()).doesNotExist();
        assertThat(folder.nextAuthorityKey()).doesNotExist();
    }

    @Test
    void withoutPreparationANewAuthorityTakesThePlace() throws Exception {
        current();
        X509Certificate former = authority();

        certificates().rotateAuthority();
        current();
        X509Certificate server = current().certificate();

        assertThat(bundle()).hasSize(1).doesNotContain(former);
        verify(server, authority());
    }

    @Test
    void aPreparationKilledBeforeTheCertificateIsBegunAnew() throws Exception {
        current();
        certificates().prepareAuthority();
        Files.delete(folder.nextAuthorityCertificate());

        assertThat(Certificates.nextAuthority(folder)).isEmpty();
        certificates().prepareAuthority();

        assertThat(bundle()).containsExactly(authority(), next());
    }

    @Test
    void aPreparationKilledBeforeTheBundleIsCompletedByTheNextLook() throws Exception {
        current();
        X509Certificate authority = authority();
        certificates().prepareAuthority();
        Files.writeString(folder.authorityCertificate(), Pem.of(authority));

        current();

        assertThat(bundle()).containsExactly(authority, next());
    }

    @Test
    void aRotationKilledBeforeItsStepHasNotHappened() throws Exception {
        X509Certificate server = current().certificate();
        X509Certificate authority = authority();
        certificates().prepareAuthority();
        Files.writeString(folder.authorityCertificate(), Pem.of(List.of(next(), authority)));

        assertThat(current().certificate()).isEqualTo(server);

        assertThat(bundle()).containsExactly(authority, next());
    }

    @Test
    void aRotationKilledBehindItsStepIsCompletedByTheNextLooks() throws Exception {
        current();
        certificates().prepareAuthority();
        X509Certificate next = next();
        certificates().rotateAuthority();

        current();
        verify(current().certificate(), next);

        assertThat(bundle()).containsExactly(next);
    }

    @Test
    void anAuthorityThatEndsTooSoonGivesWayToThePreparedOne() throws Exception {
        current();
        X509Certificate former = authority();
        now = former.getNotAfter().toInstant().minus(Duration.ofDays(398));
        certificates().prepareAuthority();
        X509Certificate next = next();

        now = former.getNotAfter().toInstant().minus(Duration.ofDays(396));
        verify(current().certificate(), next);
        current();

        assertThat(bundle()).containsExactly(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca-next.pem", "ca-next-key.pem"})
    void aDamagedNextAuthorityIsForgotten(String file) throws Exception {
        current();
        X509Certificate authority = authority();
        certificates().prepareAuthority();
        Files.writeString(folder.tls().resolve(file), "nonsense");

        current();

        assertThat(bundle()).containsExactly(authority);
    }

    private Certificates certificates() {
        return certificates(new TreeSet<>(Set.of("localhost", "::1")));
    }

    private List<X509Certificate> bundle() throws IOException, GeneralSecurityException {
        return Pem.certificates(Files.readString(folder.authorityCertificate()));
    }

    private X509Certificate next() {
        return Certificates.nextAuthority(folder).orElseThrow();
    }

    private KeyAndCertificate current() {
        return certificates().current();
    }

    private Certificates certificates(SequencedSet<String> names) {
        return certificates(folder, names);
    }

    private Certificates certificates(DataFolder in, SequencedSet<String> names) {
        InstantSource clock = () -> now;
        return new Certificates(in, names, clock, random);
    }

    private X509Certificate authority() throws IOException, GeneralSecurityException {
        return bundle().getFirst();
    }

    private void verify(X509Certificate server, X509Certificate authority) throws GeneralSecurityException {
        var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(server));
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        assertThat(CertPathValidator.getInstance("PKIX").validate(path, parameters)).isNotNull();
    }

    private static List<String> names(X509Certificate certificate) throws GeneralSecurityException {
        return certificate.getSubjectAlternativeNames().stream().map(name -> (String) name.get(1)).toList();
    }
}
