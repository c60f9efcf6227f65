package bellframe.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.SmallDisk;
import bellframe.storage.StorageFailure;
import bellframe.storage.StorageUnavailable;
import bellframe.storage.Table;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is really full, to the last byte, with no reserve to soften it.
class RocksDbFullDiskTest {

    private static final Key PARTITION = Key.of("partition");
    private static final int DISK_MEBIBYTES = 32;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void writesThatFindNoRoomAreSaidToAndTakenAgainOnceThereIsRoom() throws Exception {
        Path mountPoint = Files.createDirectory(folder.resolve("disk"));
        try (var disk = SmallDisk.mount(mountPoint, DISK_MEBIBYTES)) {
            var acknowledged = new ArrayList<Long>();
            try (var storage = RocksDbStorage.open(options(disk))) {
                commitUntilFull(storage, disk, acknowledged);
                disk.makeRoom();
                while (!commit(storage, acknowledged.getLast() + 1, acknowledged)) {
                    Thread.onSpinWait();
                }
            }
            try (var storage = RocksDbStorage.open(options(disk))) {
                assertThat(numbers(storage)).containsAll(acknowledged);
            }
        }
    }

    private static void commitUntilFull(RocksDbStorage storage, SmallDisk disk, List<Long> acknowledged) {
        long number = 0;
        assertThat(commit(storage, number, acknowledged)).isTrue();
        disk.fill(0);
        int refused = 0;
        while (refused < 100) {
            number++;
            boolean taken = commit(storage, number, acknowledged);
            refused += taken ? 0 : 1;
            assertThat(number).as("the disk never got full").isLessThan(100_000);
        }
    }

    /// @return whether it was taken; if not, for want of room
    private static boolean commit(RocksDbStorage storage, long number, List<Long> acknowledged) {
        byte[] value = ByteBuffer.allocate(3_000).putLong(number).array();
        try {
            storage.commit(new Batch().put(Table.MESSAGES, PARTITION, Key.builder().number64(number).build(), value));
            acknowledged.add(number);
            return true;
        } catch (StorageUnavailable full) {
            assertThat(full).hasMessageContaining("disk is full");
        } catch (StorageFailure unknown) {
            assertThat(unknown.isDiskFull()).as(unknown.toString()).isTrue();
        }
        return false;
    }

    private static List<Long> numbers(RocksDbStorage storage) {
        return storage.scan(Scan.ascending(Table.MESSAGES, PARTITION, null, Integer.MAX_VALUE))
                .stream()
                .map(Row::value)
                .map(value -> ByteBuffer.wrap(value).getLong())
                .toList();
    }

    private static RocksDbOptions options(SmallDisk disk) {
        return RocksDbOptions.of(disk.folder().resolve("data")).withMemoryBytes(8 << 20).withReserveBytes(0);
    }
}
