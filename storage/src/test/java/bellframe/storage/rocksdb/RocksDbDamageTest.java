package bellframe.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Scan;
import bellframe.storage.StorageFailure;
import bellframe.storage.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store's files are copied while it is open, which is what a kill leaves behind, and then damaged.
class RocksDbDamageTest {

    private static final Key PARTITION = Key.of("partition");
    private static final int ROWS = 100;

    @TempDir
    private Path folder;

    @BeforeEach
    void copyAnOpenStore() throws Exception {
        try (var storage = RocksDbStorage.open(options("original"))) {
            for (int i = 0; i < ROWS; i++) {
                storage.commit(
                        new Batch().put(Table.TAGS, PARTITION, Key.builder().number8(i).build(), new byte[1000]));
            }
            copyFiles(folder.resolve("original/store"), folder.resolve("copy/store"));
        }
    }

    @Test
    void anUndamagedLogIsReadWhole() {
        assertThat(rowsAfterReopening()).isEqualTo(ROWS);
    }

    @Test
    void aLogCutInItsLastRecordLosesThatRecordOnly() throws Exception {
        byte[] log = Files.readAllBytes(log());
        Files.write(log(), Arrays.copyOf(log, log.length - 5));

        assertThat(rowsAfterReopening()).isEqualTo(ROWS - 1);
    }

    @Test
    void aLogThatEndsInZeroesIsReadWhole() throws Exception {
        byte[] log = Files.readAllBytes(log());
        Files.write(log(), Arrays.copyOf(log, log.length + 4096));

        assertThat(rowsAfterReopening()).isEqualTo(ROWS);
    }

    @Test
    void aLogDamagedInTheMiddleIsRefused() throws Exception {
        byte[] log = Files.readAllBytes(log());
        log[log.length / 2] ^= 1;
        Files.write(log(), log);

        assertThatThrownBy(this::rowsAfterReopening).isInstanceOf(StorageFailure.class)
                .hasMessageContaining("cannot be opened")
                .hasMessageContaining("checksum");
    }

    private int rowsAfterReopening() {
        try (var storage = RocksDbStorage.open(options("copy"))) {
            return storage.scan(Scan.ascending(Table.TAGS, PARTITION, null, 2 * ROWS)).size();
        }
    }

    private RocksDbOptions options(String name) {
        return RocksDbOptions.of(folder.resolve(name)).withMemoryBytes(16 << 20).withReserveBytes(0);
    }

    private Path log() throws IOException {
        try (var files = Files.list(folder.resolve("copy/store"))) {
            return files.filter(file -> file.toString().endsWith(".log")).max(Comparator.naturalOrder()).orElseThrow();
        }
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
