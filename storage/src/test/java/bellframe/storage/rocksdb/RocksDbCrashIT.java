package bellframe.storage.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.StorageLocked;
import bellframe.storage.Table;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class RocksDbCrashIT {

    private static final int ROUNDS = Boolean.getBoolean("bellframe.long") ? 30 : 5;

    @TempDir
    private Path folder;

    @Test
    void aKilledProcessLosesNoAcknowledgedBatchTearsNoneAndKeepsTheirOrder() throws Exception {
        long acknowledged = -1;
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged = Math.max(acknowledged, commitAndKill(300 + 100 * round));
            try (var storage = RocksDbStorage.open(options())) {
                var left = numbers(storage, Table.MESSAGES, CommittingProcess.LEFT);
                var right = numbers(storage, Table.CHANNELS, CommittingProcess.RIGHT);
                assertThat(left).as("batches in order, without a gap")
                        .isEqualTo(LongStream.range(0, left.size()).boxed().toList());
                assertThat(left.size()).as("every acknowledged batch").isGreaterThan((int) acknowledged);
                assertThat(right).as("no batch torn").isEqualTo(left);
            }
        }
    }

    @Test
    void aFolderInUseByAnotherProcessIsRefusedWithItsId() throws Exception {
        var process = start();
        try (var lines = process.inputReader(UTF_8)) {
            assertThat(lines.readLine()).isNotNull();

            assertThatThrownBy(() -> RocksDbStorage.open(options())).isInstanceOf(StorageLocked.class)
                    .hasMessageContaining("process " + process.pid());
        } finally {
            kill(process);
        }
        RocksDbStorage.open(options()).close();
    }

    /// Lets a process commit until it has acknowledged so many batches, then kills it.
    ///
    /// @return the highest number acknowledged
    private long commitAndKill(int batches) throws Exception {
        var process = start();
        try (var lines = process.inputReader(UTF_8)) {
            long highest = highest(lines, batches);
            // The process's own destroyForcibly would close the stream that still holds acknowledgements.
            process.toHandle().destroyForcibly();
            return Math.max(highest, highest(lines, Integer.MAX_VALUE));
        } finally {
            kill(process);
        }
    }

    private static long highest(BufferedReader lines, int count) throws IOException {
        long highest = -1;
        for (int i = 0; i < count; i++) {
            String line = lines.readLine();
            if (line == null) {
                return highest;
            }
            highest = Math.max(highest, Long.parseLong(line));
        }
        return highest;
    }

    private Process start() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(java, "--enable-native-access=ALL-UNNAMED", "-cp", classes,
                CommittingProcess.class.getName(), folder.toString()).redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private RocksDbOptions options() {
        return RocksDbOptions.of(folder).withReserveBytes(0);
    }

    private static List<Long> numbers(Storage storage, Table table, Key partition) {
        return storage.scan(Scan.ascending(table, partition, null, Integer.MAX_VALUE))
                .stream()
                .map(Row::key)
                .map(CommittingProcess::number)
                .toList();
    }
}
