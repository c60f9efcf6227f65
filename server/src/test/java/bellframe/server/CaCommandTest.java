package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.server.folder.Certificates;
import bellframe.server.folder.DataFolder;
import bellframe.server.folder.RunningServerFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path temporary;

    @Test
    void theAuthorityIsNamedWithItsFingerprintAndEnd() throws Exception {
        DataFolder folder = folderWithAuthority("data");
        X509Certificate authority = Certificates.authority(folder).orElseThrow();

        assertThat(run("ca", "--data", folder.toString())).isZero();

        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines())
                .containsSequence("Certificate  " + folder.authorityCertificate(),
                        "SHA-256      " + fingerprint(authority),
                        "Valid until  " + authority.getNotAfter().toInstant());
    }

    @Test
    void everyClientHasItsStepsWithThePathAsAShellWantsIt() {
        DataFolder folder = folderWithAuthority("my data");

        assertThat(run("ca", "--data", folder.toString())).isZero();

        String path = "'" + folder.authorityCertificate() + "'";
        assertThat(out.toString())
                .contains("\n  curl --cacert " + path + " https://localhost:8080/\n")
                .contains("\n  export AWS_CA_BUNDLE=" + path + "\n")
                .contains("\n  export NODE_EXTRA_CA_CERTS=" + path + "\n")
                .contains("\n  xcrun simctl keychain booted add-root-cert " + path + "\n")
                .contains("\n  adb reverse tcp:8080 tcp:8080\n")
                .containsPattern("\n  keytool -importcert .* -file " + path)
                .containsPattern("\n  certutil .* -n bellframe-[0-9a-f]{8} -i " + path)
                .containsPattern("\n  security add-trusted-cert .* " + path)
                .doesNotContain("{", "}");
    }

    @Test
    void thePortIsThatOfTheRunningServer() throws IOException {
        DataFolder folder = folderWithAuthority("data");
        new RunningServerFile(12345, 23456, "token", null).write(folder);

        assertThat(run("ca", "--data", folder.toString())).isZero();

        assertThat(out.toString()).contains("https://localhost:12345/").contains("adb reverse tcp:12345 tcp:12345");
    }

    @Test
    void anAuthorityThatIsNotInUseIsNotShown() throws IOException {
        DataFolder folder = folderWithAuthority("data");
        Files.writeString(folder.path().resolve("bellframe.properties"),
                "tlsCertificateFile=/etc/chain.pem\ntlsKeyFile=/etc/key.pem\n");

        assertThat(run("ca", "--data", folder.toString())).isZero();

        assertThat(out.toString())
                .contains("not in use: the server serves the certificate in /etc/chain.pem")
                .doesNotContain("ca.pem");
    }

    @Test
    void aFolderWithoutAnAuthorityIsRefused() {
        assertThat(run("ca", "--data", temporary.resolve("none").toString())).isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("no certificate authority in").contains("serve --data");
        assertThat(temporary.resolve("none")).doesNotExist();
    }

    @Test
    void aDamagedAuthorityIsRefused() throws IOException {
        DataFolder folder = folderWithAuthority("data");
        Files.writeString(folder.authorityCertificate(), "nonsense");

        assertThat(run("ca", "--data", folder.toString())).isEqualTo(2);

        assertThat(err.toString()).contains(folder.authorityCertificate() + " cannot be read");
    }

    @Test
    void aPreparedAuthorityIsShownBehindThePresentOneWithAFileOfItsOwn() throws Exception {
        DataFolder folder = folderWithAuthority("data");
        X509Certificate present = Certificates.authority(folder).orElseThrow();

        assertThat(run("ca", "rotate", "--prepare", "--data", folder.toString())).isZero();
        assertThat(out.toString()).contains("prepared the next certificate authority").contains("ca.pem");
        out.getBuffer().setLength(0);
        assertThat(run("ca", "--data", folder.toString())).isZero();

        X509Certificate next = Certificates.nextAuthority(folder).orElseThrow();
        assertThat(Certificates.authority(folder)).contains(present);
        assertThat(out.toString().lines())
                .containsSubsequence("SHA-256      " + fingerprint(present),
                        "Next certificate  " + folder.nextAuthorityCertificate(),
                        "SHA-256           " + fingerprint(next));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFolderMayBeNamedBeforeAndBehindRotate(boolean before) {
        DataFolder folder = folderWithAuthority("data");
        X509Certificate former = Certificates.authority(folder).orElseThrow();

        assertThat(before
                ? run("ca", "--data", folder.toString(), "rotate")
                : run("ca", "rotate", "--data", folder.toString())).isZero();

        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).contains("another certificate authority is in use");
        assertThat(Certificates.authority(folder)).isPresent().get().isNotEqualTo(former);
        assertThat(Certificates.nextAuthority(folder)).isEmpty();
    }

    @Test
    void anAuthorityThatIsNotInUseIsNotRotated() throws IOException {
        DataFolder folder = folderWithAuthority("data");
        X509Certificate authority = Certificates.authority(folder).orElseThrow();
        new RunningServerFile(12345, 23456, "token", Path.of("/etc/chain.pem")).write(folder);

        assertThat(run("ca", "rotate", "--data", folder.toString())).isEqualTo(2);

        assertThat(err.toString()).contains("not in use: the server serves the certificate in /etc/chain.pem");
        assertThat(Certificates.authority(folder)).contains(authority);
    }

    @Test
    void whereThereIsNoAuthorityNoneIsRotated() {
        assertThat(run("ca", "rotate", "--data", temporary.resolve("none").toString())).isEqualTo(2);

        assertThat(err.toString()).contains("no certificate authority in");
        assertThat(temporary.resolve("none")).doesNotExist();
    }

    private static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
        return HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    private DataFolder folderWithAuthority(String name) {
        DataFolder folder = DataFolder.create(temporary.resolve(name));
        new Certificates(folder, new TreeSet<>(List.of("localhost")), InstantSource.system(), new SecureRandom())
                .current();
        return folder;
    }

    private int run(String... arguments) {
        return Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }
}
