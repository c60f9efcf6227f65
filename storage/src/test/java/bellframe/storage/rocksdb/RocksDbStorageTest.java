package bellframe.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.StorageContract;
import bellframe.storage.StorageLocked;
import bellframe.storage.StorageTooNew;
import bellframe.storage.StorageUnavailable;
import bellframe.storage.Table;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class RocksDbStorageTest extends StorageContract {

    private static final Key PARTITION = Key.of("partition");

    @TempDir
    private Path folder;

    @Override
    protected Storage open() {
        return RocksDbStorage.open(options(folder.resolve("contract")));
    }

    @Override
    protected Storage restart(Storage open) {
        open.close();
        return open();
    }

    private static RocksDbOptions options(Path folder) {
        return RocksDbOptions.of(folder).withMemoryBytes(16 << 20).withReserveBytes(0);
    }

    private RocksDbOptions options() {
        return options(folder.resolve("data"));
    }

    @Test
    void aReopenedStoreHasEveryRow() {
        try (var storage = RocksDbStorage.open(options())) {
            for (int i = 0; i < 1000; i++) {
                storage.commit(number(i));
            }
        }
        try (var storage = RocksDbStorage.open(options())) {
            assertThat(storage.scan(Scan.ascending(Table.TAGS, PARTITION, null, 2000))).extracting(Row::key)
                    .containsExactlyElementsOf(numbers(1000));
        }
    }

    @Test
    void theFoldersAreTheOwnersAlone() throws Exception {
        RocksDbStorage.open(options()).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(options().folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void aFolderInUseByThisProcessIsRefused() {
        try (var _ = RocksDbStorage.open(options())) {
            assertThatThrownBy(() -> RocksDbStorage.open(options())).isInstanceOf(StorageLocked.class)
                    .hasMessageContaining("in use");
            assertThatThrownBy(() -> RocksDbStorage.open(options())).isInstanceOf(StorageLocked.class);
        }
        RocksDbStorage.open(options()).close();
    }

    @Test
    void partitionsThatShareAChecksumAreApart() {
        var twins = partitionsOfOneChecksum();
        try (var storage = RocksDbStorage.open(options())) {
            for (var partition : twins) {
                for (var row : List.of(Key.EMPTY, Key.of("row"))) {
                    storage.commit(new Batch().put(Table.TAGS, partition, row, partition.bytes()));
                }
            }
            for (var partition : twins) {
                for (boolean descending : List.of(false, true)) {
                    assertThat(storage.scan(new Scan(Table.TAGS, partition, null, null, 10, descending))).hasSize(2)
                            .allSatisfy(row -> assertThat(row.value()).isEqualTo(partition.bytes()));
                }
            }
        }
    }

    private static List<Key> partitionsOfOneChecksum() {
        var seen = new HashMap<Integer, Key>();
        for (int i = 0;; i++) {
            // The checksum tells any two small changes apart, so the numbers have to be spread.
            var partition = Key.builder().number64(i * 0x9E3779B97F4A7C15L).build();
            var twin = seen.put(ByteBuffer.wrap(RowKey.start(partition)).getInt(), partition);
            if (twin != null) {
                return List.of(twin, partition);
            }
        }
    }

    @Test
    void theEndOfAPartitionIsAboveItsRowsOnly() {
        byte[] start = RowKey.start(Key.ofBytes(new byte[]{'a', (byte) 0xFF, (byte) 0xFF}));
        byte[] end = RowKey.end(start);

        assertThat(Key.ofBytes(end)).isGreaterThan(Key.ofBytes(ByteBuffer.allocate(start.length + 9)
                .put(start)
                .putLong(-1)
                .put((byte) -1)
                .array()));
        assertThat(end).startsWith(java.util.Arrays.copyOf(start, RowKey.PREFIX_BYTES));
    }

    @Test
    void rowsOnDiskAreReadByVirtualThreads() throws Exception {
        try (var storage = RocksDbStorage.open(options())) {
            for (int i = 0; i < 100; i++) {
                storage.commit(new Batch().put(Table.TAGS, PARTITION, number4(i), new byte[100_000]));
            }
        }
        try (var storage = RocksDbStorage.open(options())) {
            var read = new ArrayList<Integer>();
            Thread.ofVirtual()
                    .start(() -> read.add(storage.scan(Scan.descending(Table.TAGS, PARTITION, null, 200)).size()))
                    .join();
            assertThat(read).containsExactly(100);
        }
    }

    @Test
    void aDiskBelowItsReserveRefusesWritesUntilThereIsRoom() {
        var free = new AtomicLong(1000);
        var now = new AtomicLong();
        var options = options().withReserveBytes(100).withFreeBytes(free::get).withNanoTime(now::get);
        try (var storage = RocksDbStorage.open(options)) {
            storage.commit(number(0));

            free.set(99);
            now.addAndGet(1_000_000_000);
            assertThatThrownBy(() -> storage.commit(number(1))).isInstanceOf(StorageUnavailable.class);
            assertThat(storage.get(Table.TAGS, PARTITION, number4(0))).isNotNull();
            assertThat(storage.get(Table.TAGS, PARTITION, number4(1))).isNull();

            free.set(100);
            assertThatThrownBy(() -> storage.commit(number(1))).isInstanceOf(StorageUnavailable.class);
            now.addAndGet(1_000_000_000);
            assertThat(storage.commit(number(1))).isTrue();
        }
    }

    @Test
    void theListenerIsToldOfEveryGroup() {
        var batches = new AtomicLong();
        try (var storage = RocksDbStorage.open(options().withListener((count, bytes, nanos) -> {
            assertThat(bytes).isPositive();
            assertThat(nanos).isPositive();
            batches.addAndGet(count);
        }))) {
            storage.commit(number(0));
            storage.commit(number(1));

            assertThat(batches).hasValue(2);
            assertThat(storage.statistics().committedBatches()).isEqualTo(2);
            assertThat(storage.statistics().diskBytes()).isPositive();
        }
    }

    @Test
    void aNewerFormatIsRefused() {
        try (var storage = RocksDbStorage.open(options())) {
            storage.commit(new Batch().put(Table.META, Key.of("meta"), Key.of("format"), new byte[]{0, 0, 0, 2}));
        }

        assertThatThrownBy(() -> RocksDbStorage.open(options())).isInstanceOf(StorageTooNew.class)
                .hasMessageContaining("format 2");
        assertThatThrownBy(() -> RocksDbStorage.open(options())).isInstanceOf(StorageTooNew.class);
    }

    @Test
    void anUnknownTableIsRefused() throws Exception {
        RocksDbStorage.open(options()).close();
        addFamily(options().folder().resolve("store"), "table-999");

        assertThatThrownBy(() -> RocksDbStorage.open(options())).isInstanceOf(StorageTooNew.class)
                .hasMessageContaining("table-999");
    }

    private static void addFamily(Path store, String name) throws RocksDBException {
        var handles = new ArrayList<ColumnFamilyHandle>();
        try (var options = new Options(); var databaseOptions = new DBOptions()) {
            var families = RocksDB.listColumnFamilies(options, store.toString())
                    .stream()
                    .map(ColumnFamilyDescriptor::new)
                    .toList();
            try (var database = RocksDB.open(databaseOptions, store.toString(), families, handles)) {
                database.createColumnFamily(
                        new ColumnFamilyDescriptor(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                        .close();
                handles.forEach(ColumnFamilyHandle::close);
            }
        }
    }

    private static Batch number(int number) {
        return new Batch().put(Table.TAGS, PARTITION, number4(number), new byte[10]);
    }

    private static Key number4(int number) {
        return Key.builder().number64(number).build();
    }

    private static List<Key> numbers(int count) {
        return java.util.stream.IntStream.range(0, count).mapToObj(RocksDbStorageTest::number4).toList();
    }
}
