package bellframe.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import bellframe.server.CapturedLog;
import bellframe.server.config.ConfigReader;
import bellframe.server.config.InvalidConfig;
import bellframe.server.config.ServerConfig;
import bellframe.server.config.Setting;
import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateFilesTest {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration NINETY_DAYS = Duration.ofDays(90);
    private static final TestAuthority AUTHORITY = new TestAuthority(START);
    private static final KeyAndCertificate FIRST = AUTHORITY.issue("secp256r1", NINETY_DAYS);
    private static final KeyAndCertificate SECOND = AUTHORITY.issue("RSA", NINETY_DAYS);

    @TempDir
    Path folder;

    private Path certificateFile;
    private Path keyFile;
    private Instant now = START;

    @BeforeEach
    void writeFiles() throws IOException {
        certificateFile = folder.resolve("fullchain.pem");
        keyFile = folder.resolve("privkey.pem");
        write(FIRST);
    }

    @Test
    void nothingIsReadWithoutTheSettings() {
        assertThat(CertificateFiles.of(ServerConfig.defaults(), () -> now)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "secp256r1", "secp384r1", "secp521r1", "Ed25519"})
    void aKeyOfAnyKindIsReadInAnyForm(String algorithm) throws Exception {
        KeyAndCertificate pair = AUTHORITY.issue(algorithm, NINETY_DAYS);
        write(pair);
        assertThat(open().current()).isEqualTo(pair);

        Files.writeString(keyFile, TestAuthority.traditional(pair.key()));
        assertThat(open().current().chain()).isEqualTo(pair.chain());
        assertThat(open().current().belongTogether()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
            "rsa:2048, pkey -traditional, RSA PRIVATE KEY",
            "rsa:2048, pkey, PRIVATE KEY",
            "ec -pkeyopt ec_paramgen_curve:prime256v1, ec, EC PRIVATE KEY",
            "ec -pkeyopt ec_paramgen_curve:secp384r1, pkey, PRIVATE KEY",
            "ed25519, pkey, PRIVATE KEY"})
    void whatOpensslWritesIsRead(String kind, String form, String label) throws Exception {
        assumeThat(run("openssl", "version")).as("openssl is there").isZero();
        String made = folder.resolve("made.pem").toString();
        assertThat(run(("openssl req -x509 -nodes -subj /CN=localhost -keyout " + made + " -out " + certificateFile
                + " -newkey " + kind).split(" "))).isZero();
        assertThat(run(("openssl " + form + " -in " + made + " -out " + keyFile).split(" "))).isZero();

        assertThat(keyFile).content().contains("-----BEGIN " + label + "-----");
        assertThat(open().current().belongTogether()).isTrue();
    }

    @Test
    void oneFileMayHoldBoth() throws IOException {
        Files.writeString(certificateFile,
                TestAuthority.pkcs8(FIRST.key()) + TestAuthority.pem(FIRST));
        keyFile = certificateFile;

        assertThat(open().current()).isEqualTo(FIRST);
    }

    @Test
    void textBetweenTheEntriesIsPassedOver() throws IOException {
        Files.writeString(certificateFile, ("Bag Attributes\n    friendlyName: chat\n" + TestAuthority.pem(FIRST))
                .replace("\n", "\r\n"));

        assertThat(open().current()).isEqualTo(FIRST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tlsCertificateFile", "tlsKeyFile"})
    void aFileThatHoldsNothingOfUseIsRefused(String setting) throws IOException {
        Path file = setting.equals("tlsKeyFile") ? keyFile : certificateFile;
        String good = Files.readString(file);

        Files.delete(file);
        assertRefused(setting, file, "does not exist");
        Files.createDirectory(file);
        assertRefused(setting, file, "is not a file");
        Files.delete(file);
        Files.writeString(file, "");
        assertRefused(setting, file, "is empty");
        Files.write(file, new byte[(1 << 20) + 1]);
        assertRefused(setting, file, "has more than 1 MiB");
        Files.writeString(file, "nonsense");
        assertRefused(setting, file, "in PEM");
        Files.writeString(file, good.substring(0, good.length() - 30));
        assertRefused(setting, file, "is damaged or not written to its end");
        Files.writeString(file, good.replaceFirst("(?m)^M\\w{3}", "AAAA"));
        assertRefused(setting, file, setting.equals("tlsKeyFile") ? "damaged" : "is damaged or not written to its end");
    }

    @Test
    void aFileInPlaceOfTheOtherIsRefused() throws IOException {
        Files.writeString(certificateFile, TestAuthority.pkcs8(FIRST.key()));
        assertRefused("tlsCertificateFile", certificateFile, "holds no certificate in PEM");

        write(FIRST);
        Files.writeString(keyFile, TestAuthority.pem(FIRST));
        assertRefused("tlsKeyFile", keyFile, "holds no private key in PEM");
    }

    @Test
    void aKeyWithAPassphraseIsRefused() throws Exception {
        var encrypted = new EncryptedPrivateKeyInfo(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2),
                new byte[48]);
        Files.writeString(keyFile,
                TestAuthority.pem(new PemObject("ENCRYPTED PRIVATE KEY", encrypted.getEncoded())));
        assertRefused("tlsKeyFile", keyFile, "holds a key with a passphrase");

        Files.writeString(keyFile, TestAuthority.pem(new PemObject("RSA PRIVATE KEY", List.of(
                new PemHeader("Proc-Type", "4,ENCRYPTED"), new PemHeader("DEK-Info", "AES-256-CBC," + "00".repeat(16))),
                new byte[48])));
        assertThat(keyFile).content().contains("Proc-Type: 4,ENCRYPTED");
        assertRefused("tlsKeyFile", keyFile, "openssl pkey -in FILE -out NEW");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pkey", "pkey -traditional"})
    void whatOpensslEncryptsIsRefused(String form) throws Exception {
        assumeThat(run("openssl", "version")).as("openssl is there").isZero();
        Path plain = Files.writeString(folder.resolve("plain.pem"), TestAuthority.pkcs8(FIRST.key()));
        assertThat(
                run(("openssl " + form + " -aes256 -passout pass:secret -in " + plain + " -out " + keyFile).split(" ")))
                .isZero();

        assertRefused("tlsKeyFile", keyFile, "holds a key with a passphrase");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DSA", "X25519"})
    void aKeyThatIsNotForTlsIsRefused(String algorithm) throws Exception {
        var generator = KeyPairGenerator.getInstance(algorithm);
        Files.writeString(keyFile, TestAuthority.pkcs8(generator.generateKeyPair().getPrivate()));

        assertRefused("tlsKeyFile", keyFile, "cannot be used for TLS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "secp256r1", "secp384r1", "Ed25519"})
    void aKeyThatIsNotTheCertificatesIsRefused(String algorithm) throws IOException {
        Files.writeString(keyFile, TestAuthority.pkcs8(AUTHORITY.issue(algorithm, NINETY_DAYS).key()));

        assertRefused("tlsKeyFile", keyFile, "holds another key than that of the first certificate in "
                + certificateFile);
    }

    @Test
    void aChainInAnotherOrderIsRefused() throws IOException {
        var leaf = FIRST.certificate();
        var between = FIRST.chain().get(1);
        var root = AUTHORITY.root();

        Files.writeString(certificateFile, TestAuthority.pem(leaf, between, root));
        assertThat(open().current().chain()).containsExactly(leaf, between, root);
        for (var wrong : List.of(List.of(leaf, root), List.of(leaf, root, between), List.of(leaf, leaf),
                List.of(leaf, between, root, root))) {
            Files.writeString(certificateFile, TestAuthority.pem(wrong.toArray()));
            assertRefused("tlsCertificateFile", certificateFile, "not the issuer of the one before");
        }
        Files.writeString(certificateFile, TestAuthority.pem(between, leaf));
        assertRefused("tlsKeyFile", keyFile, "holds another key than that of the first certificate");
    }

    @Test
    void aCertificateThatIsNotValidIsUsedWithAWarning() {
        now = START.plus(NINETY_DAYS).plusSeconds(1);
        try (var log = new CapturedLog()) {
            assertThat(open().current()).isEqualTo(FIRST);
            assertThat(warnings(log)).singleElement().asString().contains(certificateFile + " has expired at");
        }
        now = START.minus(NINETY_DAYS);
        try (var log = new CapturedLog()) {
            assertThat(open().current()).isEqualTo(FIRST);
            assertThat(warnings(log)).singleElement().asString().contains(certificateFile + " is not valid before");
        }
    }

    @Test
    void theEndIsWarnedOfOnceSevenDaysBeforeAndOnceWhenItComes() {
        CertificateSource files = open();
        try (var log = new CapturedLog()) {
            now = START.plus(NINETY_DAYS).minus(Duration.ofDays(7));
            files.current();
            assertThat(warnings(log)).isEmpty();
            now = now.plusSeconds(1);
            files.current();
            files.current();
            assertThat(warnings(log)).singleElement().asString().contains("is valid until 2026-04-02T03:04:05Z only");
            now = START.plus(NINETY_DAYS).plusSeconds(1);
            files.current();
            files.current();
            assertThat(warnings(log)).hasSize(2).last().asString().contains("has expired at 2026-04-02T03:04:05Z");
        }
    }

    @Test
    void aCertificateThatEndsSoonIsWarnedOfWhenItIsRead() throws IOException {
        CertificateSource files = open();
        try (var log = new CapturedLog()) {
            write(AUTHORITY.issue("secp256r1", Duration.ofDays(6)));
            files.current();

            assertThat(warnings(log)).singleElement().asString().contains("is valid until 2026-01-08T03:04:05Z only");
        }
    }

    @Test
    void filesThatAreReplacedAreReadAgain() throws IOException {
        CertificateSource files = open();
        assertThat(files.current()).isSameAs(files.current());
        try (var log = new CapturedLog()) {
            write(SECOND);
            assertThat(files.current()).isEqualTo(SECOND);
            assertThat(files.current()).isSameAs(files.current());

            assertThat(messages(log, Level.INFO))
                    .containsExactly("the certificate in " + certificateFile
                            + " is in use, valid until 2026-04-02T03:04:05Z");
        }
    }

    @Test
    void aChainThatIsCompletedIsReadAgain() throws IOException {
        Files.writeString(certificateFile, TestAuthority.pem(FIRST.certificate()));
        CertificateSource files = open();
        assertThat(files.current().chain()).hasSize(1);
        write(FIRST);

        assertThat(files.current()).isEqualTo(FIRST);
    }

    @Test
    void whatCannotBeUsedLeavesTheOldPairInUseAndIsLoggedOnceForEachState() throws IOException {
        CertificateSource files = open();
        try (var log = new CapturedLog()) {
            Files.writeString(keyFile, TestAuthority.pkcs8(SECOND.key()));
            lookTwice(files);
            assertThat(errors(log)).singleElement().asString().contains("holds another key than");
            Files.writeString(certificateFile, TestAuthority.pem(SECOND).substring(0, 400));
            lookTwice(files);
            assertThat(errors(log)).hasSize(2).last().asString().contains("is damaged or not written to its end");
            Files.delete(certificateFile);
            lookTwice(files);
            assertThat(errors(log)).hasSize(3).last().asString().contains("does not exist");
            Files.writeString(certificateFile, TestAuthority.pem(SECOND));

            assertThat(files.current()).isEqualTo(SECOND);
            assertThat(errors(log)).hasSize(3)
                    .allMatch(line -> line.endsWith("; the certificate from before stays in use"));
            assertThat(log.text()).doesNotContain(keyText(FIRST), keyText(SECOND));
        }
    }

    private static void lookTwice(CertificateSource files) {
        assertThat(files.current()).isEqualTo(FIRST);
        assertThat(files.current()).isEqualTo(FIRST);
    }

    /// As certbot keeps the files: links to those of the last renewal, changed one after the other.
    @Test
    void linksThatAreTurnedAreFollowed() throws IOException {
        Path archive = Files.createDirectory(folder.resolve("archive"));
        Path live = Files.createDirectory(folder.resolve("live"));
        certificateFile = archive.resolve("fullchain1.pem");
        keyFile = archive.resolve("privkey1.pem");
        write(FIRST);
        Path firstCertificate = certificateFile;
        Path firstKey = keyFile;
        certificateFile = archive.resolve("fullchain2.pem");
        keyFile = archive.resolve("privkey2.pem");
        write(SECOND);
        Path secondCertificate = certificateFile;
        Path secondKey = keyFile;
        certificateFile = Files.createSymbolicLink(live.resolve("fullchain.pem"), firstCertificate);
        keyFile = Files.createSymbolicLink(live.resolve("privkey.pem"), firstKey);
        CertificateSource files = open();

        turn(keyFile, secondKey);
        assertThat(files.current()).isEqualTo(FIRST);
        turn(certificateFile, secondCertificate);
        assertThat(files.current()).isEqualTo(SECOND);
    }

    private static void turn(Path link, Path target) throws IOException {
        Files.delete(link);
        Files.createSymbolicLink(link, target);
    }

    private void write(KeyAndCertificate pair) throws IOException {
        Files.writeString(certificateFile, TestAuthority.pem(pair));
        Files.writeString(keyFile, TestAuthority.pkcs8(pair.key()));
    }

    private CertificateSource open() {
        ServerConfig config = new ConfigReader(Map.of()).read(Map.of(
                Setting.TLS_CERTIFICATE_FILE, certificateFile.toString(),
                Setting.TLS_KEY_FILE, keyFile.toString()), null);
        return CertificateFiles.of(config, () -> now).orElseThrow();
    }

    private void assertRefused(String setting, Path file, String problem) {
        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidConfig.class)
                .hasMessageStartingWith(setting + " is " + file + ", which ")
                .hasMessageContaining(problem)
                .hasMessageNotContaining(keyText(FIRST));
    }

    /// A part of the key's text, without the beginning that all keys of its kind share.
    private static String keyText(KeyAndCertificate pair) {
        return TestAuthority.pkcs8(pair.key()).lines().skip(2).findFirst().orElseThrow();
    }

    private static List<String> warnings(CapturedLog log) {
        return messages(log, Level.WARN);
    }

    private static List<String> errors(CapturedLog log) {
        return messages(log, Level.ERROR);
    }

    private static List<String> messages(CapturedLog log, Level level) {
        return log.events()
                .stream()
                .filter(event -> event.getLevel().equals(level))
                .map(event -> event.getFormattedMessage())
                .toList();
    }

    private static int run(String... words) throws InterruptedException {
        try {
            return new ProcessBuilder(words).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException missing) {
            return -1;
        }
    }
}
