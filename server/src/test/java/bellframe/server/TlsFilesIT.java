package bellframe.server;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.server.tls.KeyAndCertificate;
import bellframe.server.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server with certificate files of its user, which are replaced while clients connect.
@Timeout(180)
class TlsFilesIT {

    private static final Duration LIFE = Duration.ofDays(90);

    private final RunningServer server = new RunningServer();
    private final TestAuthority authority = new TestAuthority(Instant.now());
    private final KeyAndCertificate first = authority.issue("RSA", LIFE);
    private final KeyAndCertificate second = authority.issue("secp256r1", LIFE);
    private final KeyAndCertificate third = authority.issue("Ed25519", LIFE);

    @TempDir
    Path folder;

    private Path certificateFile = Path.of("");
    private Path keyFile = Path.of("");

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void filesThatAreReplacedOneAfterTheOtherAreServedWithoutAFailedHandshake() throws IOException {
        use(folder.resolve("fullchain.pem"), folder.resolve("privkey.pem"));
        write(folder, first);
        server.start();
        try (var clients = ConnectingClients.start(server.port(), authority.root());
                SSLSocket open = clients.connect()) {
            clients.awaitShown(first.certificate());
            requireService(open);

            replace(certificateFile, TestAuthority.pem(second));
            server.awaitLog("holds another key than that of the first certificate");
            assertThat(clients.awaitOthers()).containsExactly(first.certificate());
            replace(keyFile, TestAuthority.pkcs8(second.key()));
            clients.awaitShown(second.certificate());
            assertThat(clients.awaitOthers()).containsExactly(second.certificate());
            requireService(open);

            // Half of it, as of a program that still writes.
            Files.writeString(keyFile, TestAuthority.pkcs8(third.key()).substring(0, 60));
            server.awaitLog("is damaged or not written to its end");
            assertThat(clients.awaitOthers()).containsExactly(second.certificate());
            write(folder, third);
            clients.awaitShown(third.certificate());

            requireService(open);
            assertThat(clients.failures()).isEmpty();
        }
        assertThat(errors()).isEqualTo(2);
        assertThat(server.log()).doesNotContain("PRIVATE KEY");
    }

    private void requireService(SSLSocket open) throws IOException {
        assertThat(ConnectingClients.ask(open, "keep-alive")).startsWith("HTTP/1.1 204");
        assertThat(ConnectingClients.certificate(open)).isEqualTo(first.certificate());
    }

    /// As Kubernetes mounts a secret: the files are links through a link to a folder, and that one is swapped.
    @Test
    void aSwappedFolderIsNoticed() throws IOException {
        use(folder.resolve("tls.crt"), folder.resolve("tls.key"));
        Path data = folder.resolve("..data");
        Files.createSymbolicLink(data, version("..1", first).getFileName());
        Files.createSymbolicLink(certificateFile, Path.of("..data/fullchain.pem"));
        Files.createSymbolicLink(keyFile, Path.of("..data/privkey.pem"));
        server.start();
        try (var clients = ConnectingClients.start(server.port(), authority.root())) {
            clients.awaitShown(first.certificate());

            Path swapped = Files.createSymbolicLink(folder.resolve("..data_tmp"),
                    version("..2", second).getFileName());
            Files.move(swapped, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            clients.awaitShown(second.certificate());

            assertThat(clients.failures()).isEmpty();
        }
        assertThat(errors()).isZero();
    }

    @Test
    void theLocalAuthorityIsNeitherMadeNorNamed() throws IOException {
        use(folder.resolve("fullchain.pem"), folder.resolve("privkey.pem"));
        write(folder, first);
        server.start();

        assertThat(server.dataFolder().resolve("tls")).doesNotExist();
        assertThat(server.env()).doesNotContainKeys("AWS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS");
        RunningServer.Finished ca = server.run("ca", "--data", server.dataFolder().toString());
        assertThat(ca.exitCode()).isZero();
        assertThat(ca.out()).contains("not in use").contains(certificateFile.toString());
    }

    @Test
    void filesThatCannotBeUsedAreRefusedBeforeAnythingIsMade() throws IOException {
        use(folder.resolve("fullchain.pem"), folder.resolve("privkey.pem"));
        write(folder, first);
        Files.writeString(keyFile, TestAuthority.pkcs8(second.key()));

        for (String command : new String[]{"serve --port 0 --admin-port 0", "config validate"}) {
            RunningServer.Finished refused = server.run(
                    (command + " --data " + server.dataFolder()).split(" "));

            assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
            assertThat(refused.err()).contains("tlsKeyFile is " + keyFile + ", which holds another key");
            assertThat(refused.out()).isEmpty();
            assertThat(server.dataFolder()).doesNotExist();
        }
    }

    private void use(Path certificate, Path key) {
        certificateFile = certificate;
        keyFile = key;
        server.with("BELLFRAME_TLS_CERTIFICATE_FILE", certificate.toString())
                .with("BELLFRAME_TLS_KEY_FILE", key.toString());
    }

    private Path version(String name, KeyAndCertificate pair) throws IOException {
        return write(Files.createDirectory(folder.resolve(name)), pair);
    }

    private static Path write(Path folder, KeyAndCertificate pair) throws IOException {
        Files.writeString(folder.resolve("fullchain.pem"), TestAuthority.pem(pair));
        Files.writeString(folder.resolve("privkey.pem"), TestAuthority.pkcs8(pair.key()));
        return folder;
    }

    private static void replace(Path file, String text) throws IOException {
        Path other = Files.writeString(file.resolveSibling("new"), text);
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private long errors() {
        return server.log().lines().filter(line -> line.contains("\"level\":\"ERROR\"")).count();
    }
}
