package bellframe.server.folder;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.server.config.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupTest {

    private static final ServerConfig CONFIG = ServerConfig.defaults();

    private final SecureRandom random = new SecureRandom();

    @TempDir
    Path temporary;

    private DataFolder folder;
    private Installation installation;

    @BeforeEach
    void createFolder() {
        folder = DataFolder.create(temporary.resolve("data"));
        installation = Installation.complete(folder, CONFIG, random);
        certificates(folder).current();
    }

    @ParameterizedTest
    @ValueSource(strings = {"master-key", "master-key.next", "root-key.properties", "tls/ca.pem", "tls/ca-key.pem",
            "tls/ca-next.pem", "tls/ca-next-key.pem"})
    void keysAndThoseThatAreToFollowThemAreInABackup(String file) throws IOException {
        new MasterKeyFile(folder, CONFIG.keys(), random).makeNext();
        certificates(folder).prepareAuthority();

        DataFolder restored = restored();

        assertThat(restored.path().resolve(file)).hasSameBinaryContentAs(folder.path().resolve(file));
        assertThat(Installation.complete(restored, CONFIG, random).rootKey()).isEqualTo(installation.rootKey());
    }

    @Test
    void aBackupWithoutKeysThatAreToFollowIsRestored() {
        DataFolder restored = restored();

        assertThat(Installation.complete(restored, CONFIG, random).rootKey()).isEqualTo(installation.rootKey());
        assertThat(certificates(restored).current().certificate())
                .isEqualTo(certificates(folder).current().certificate());
        assertThat(Certificates.nextAuthority(restored)).isEmpty();
    }

    private DataFolder restored() {
        Path backup = temporary.resolve("backup");
        Backup.make(folder, backup, BackupTest::createStore, Instant.now(), "1");
        DataFolder restored = DataFolder.at(temporary.resolve("restored"));
        Backup.restore(backup, restored, _ -> {
        });
        return restored;
    }

    private static void createStore(Path path) {
        try {
            Files.createDirectory(path);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Certificates certificates(DataFolder in) {
        return new Certificates(in, new TreeSet<>(List.of("localhost")), InstantSource.system(), random);
    }
}
