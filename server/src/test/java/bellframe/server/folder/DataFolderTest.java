package bellframe.server.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.server.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path temporary;

    @Test
    void everythingInANewFolderIsForItsOwnerOnly() throws IOException {
        Path path = temporary.resolve("above/data");
        DataFolder folder = DataFolder.create(path);
        try (var _ = folder.lock()) {
            Installation.complete(folder, ServerConfig.defaults(), new SecureRandom());
            certificates(folder).current();
            new RunningServerFile(1, 2, "token", null).write(folder);
        }

        assertThat(permissions(path)).isEqualTo("rwx------");
        assertThat(permissions(folder.tls())).isEqualTo("rwx------");
        try (var files = Files.walk(path)) {
            assertThat(files.filter(Files::isRegularFile))
                    .hasSize(9)
                    .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
        }
    }

    @Test
    void aSecretThatOthersCanReadIsTakenFromThem() throws IOException {
        DataFolder folder = DataFolder.create(temporary.resolve("data"));
        Installation.complete(folder, ServerConfig.defaults(), new SecureRandom());
        certificates(folder).current();
        List<Path> secrets = List.of(folder.rootKey(), folder.serverKey(), folder.authorityKey());
        for (Path secret : secrets) {
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        }

        Installation.complete(folder, ServerConfig.defaults(), new SecureRandom());
        certificates(folder).current();

        assertThat(secrets).allSatisfy(secret -> assertThat(permissions(secret)).isEqualTo("rw-------"));
    }

    @Test
    void aFolderIsLockedOnce() throws IOException {
        DataFolder folder = DataFolder.create(temporary.resolve("data"));
        try (var _ = folder.lock()) {
            assertThatThrownBy(folder::lock)
                    .isInstanceOf(FolderLocked.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        try (var again = folder.lock()) {
            assertThat(again).isNotNull();
        }
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(() -> DataFolder.create(file)).isInstanceOf(FolderUnusable.class);
    }

    @Test
    void aRunningServerIsFoundByItsProcess() throws IOException {
        DataFolder folder = DataFolder.create(temporary.resolve("data"));
        assertThat(RunningServerFile.read(folder)).isEmpty();

        new RunningServerFile(8080, 8081, "token", null).write(folder);
        assertThat(RunningServerFile.read(folder)).contains(new RunningServerFile(8080, 8081, "token", null));
        var withOwnCertificate = new RunningServerFile(8080, 8081, "token", Path.of("/etc/chain.pem"));
        withOwnCertificate.write(folder);
        assertThat(RunningServerFile.read(folder)).contains(withOwnCertificate);

        RunningServerFile.remove(folder);
        assertThat(RunningServerFile.read(folder)).isEmpty();
    }

    @Test
    void aServerThatWasKilledIsNotRunning() throws IOException {
        DataFolder folder = DataFolder.create(temporary.resolve("data"));
        new RunningServerFile(8080, 8081, "token", null).write(folder);
        String ofAnotherProcess = Files.readString(folder.running())
                .replaceFirst("processStart=.*", "processStart=2001-02-03T04:05:06Z");
        Files.writeString(folder.running(), ofAnotherProcess);

        assertThat(RunningServerFile.read(folder)).isEmpty();
    }

    private static Certificates certificates(DataFolder folder) {
        return new Certificates(folder, new TreeSet<>(List.of("localhost")),
                InstantSource.system(), new SecureRandom());
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
