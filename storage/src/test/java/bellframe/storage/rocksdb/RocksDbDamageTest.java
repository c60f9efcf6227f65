package bellframe.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Scan;
import bellframe.storage.StorageFailure;
import bellframe.storage.StorageTooNew;
import bellframe.storage.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.WALRecoveryMode;

/// A store's files are copied while it is open, which is what a kill leaves behind, and then damaged.
@Timeout(1800)
class RocksDbDamageTest {

    private static final Key PARTITION = Key.of("partition");
    private static final int ROWS = 100;
    private static final int MANY_ROWS = 250;
    private static final int RANDOM_DAMAGES = Boolean.getBoolean("bellframe.long") ? 5_000 : 50;

    /// RocksDB's log is made of blocks of this size, in which each record has a head: 4 bytes checksum, 2 length, 1 kind.
    private static final int LOG_BLOCK_BYTES = 32 << 10;
    private static final int RECORD_HEAD_BYTES = 7;
    private static final int RECORD_LENGTH_AT = 4;
    private static final int RECORD_KIND_AT = 6;

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    private Path copy;
    private int copies;

    @BeforeEach
    void copyAnOpenStore() throws Exception {
        System.out.println("RocksDbDamageTest: seed " + seed);
        copy = folder.resolve("copy/store");
        Path original = folder.resolve("original/store");
        try (var storage = RocksDbStorage.open(options("original"))) {
            for (int i = 0; i < ROWS; i++) {
                if (i == ROWS - 1) {
                    Files.copy(AcknowledgedMark.file(original), earlierMark());
                }
                storage.commit(
                        new Batch().put(Table.TAGS, PARTITION, Key.builder().number8(i).build(), new byte[1000]));
            }
            copyFiles(original, copy);
        }
    }

    @Test
    void anUndamagedLogIsReadWhole() {
        assertThat(rowsAfterReopening()).isEqualTo(ROWS);
    }

    @Test
    void aLogCutInARecordThatWasNotAcknowledgedLosesThatRecordOnly() throws Exception {
        Files.copy(earlierMark(), AcknowledgedMark.file(copy), StandardCopyOption.REPLACE_EXISTING);
        cutLog(logBytes().length - 5);

        assertThat(rowsAfterReopening()).isEqualTo(ROWS - 1);
    }

    @Test
    void damageBehindTheLastAcknowledgedRowIsDropped() throws Exception {
        Files.copy(earlierMark(), AcknowledgedMark.file(copy), StandardCopyOption.REPLACE_EXISTING);
        byte[] log = logBytes();
        log[log.length - 5] ^= 1;
        Files.write(log(), log);

        assertThat(rowsAfterReopening()).isEqualTo(ROWS - 1);
    }

    @Test
    void aLogCutInARecordThatWasAcknowledgedIsRefused() throws Exception {
        cutLog(logBytes().length - 5);

        assertThatThrownBy(this::rowsAfterReopening).isInstanceOf(StorageFailure.class)
                .hasMessageContaining("has lost acknowledged writes");
    }

    @Test
    void aLogCutAnywhereIsRefused() throws Exception {
        byte[] whole = logBytes();
        for (int i = 0; i < RANDOM_DAMAGES; i++) {
            int length = random.nextInt(whole.length);
            cutLog(length);

            assertThatThrownBy(this::rowsAfterReopening).as("cut at %d, seed %d", length, seed)
                    .isInstanceOf(StorageFailure.class);
            Files.write(log(), whole);
        }
    }

    @Test
    void aLostLogIsRefused() throws Exception {
        Files.delete(log());

        assertThatThrownBy(this::rowsAfterReopening).isInstanceOf(StorageFailure.class);
    }

    @Test
    void aLogThatEndsInZeroesIsReadWhole() throws Exception {
        Files.write(log(), Arrays.copyOf(logBytes(), logBytes().length + 4096));

        assertThat(rowsAfterReopening()).isEqualTo(ROWS);
    }

    @Test
    void noFlippedBitTakesAnAcknowledgedRowAway() throws Exception {
        byte[] whole = logBytes();
        List<Integer> heads = recordHeads(whole);
        assertThat(heads).hasSizeGreaterThanOrEqualTo(ROWS);
        // Behind a wrong length RocksDB takes the rest of a block for a write that was torn.
        List<Integer> offsets = Stream.concat(
                heads.stream().skip(1).filter(_ -> random.nextInt(4) == 0).map(head -> head + RECORD_LENGTH_AT + 1),
                IntStream.generate(() -> random.nextInt(whole.length)).limit(RANDOM_DAMAGES).boxed()).toList();
        for (int offset : offsets) {
            byte[] damaged = whole.clone();
            damaged[offset] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            Files.write(log(), damaged);

            assertThatThrownBy(this::rowsAfterReopening).as("bit flipped in byte %d, seed %d", offset, seed)
                    .isInstanceOf(StorageFailure.class);
        }
        Files.write(log(), whole);
        assertThat(rowsAfterReopening()).isEqualTo(ROWS);
    }

    /// RocksDB alone would read such a record for ever.
    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7, 8, 11, 131})
    void aRecordThatSeemsToBeOfARecycledLogIsRefused(int kind) throws Exception {
        byte[] whole = logBytes();
        for (int head : recordHeads(whole)) {
            byte[] damaged = whole.clone();
            damaged[head + RECORD_KIND_AT] = (byte) kind;
            Files.write(log(), damaged);

            assertThatThrownBy(this::rowsAfterReopening).isInstanceOf(StorageFailure.class)
                    .hasMessageContaining("is damaged at byte " + head);
        }
    }

    @Test
    void aManifestThatSeemsToBeRecycledIsRefused() throws Exception {
        Path manifest = manifest();
        byte[] damaged = Files.readAllBytes(manifest);
        damaged[RECORD_KIND_AT] = 5;
        Files.write(manifest, damaged);

        assertThatThrownBy(this::rowsAfterReopening).isInstanceOf(StorageFailure.class)
                .hasMessageContaining("is damaged at byte 0");
    }

    @Test
    void aFinishedLogThatIsCutShortIsRefused() throws Exception {
        List<Path> logs = copyAStoreWithSeveralLogs();
        assertThat(logs).hasSizeGreaterThan(2);
        assertThat(rowsAfterReopening()).isEqualTo(MANY_ROWS);

        for (int i = 0; i < logs.size(); i++) {
            List<Path> again = copyAStoreWithSeveralLogs();
            byte[] bytes = Files.readAllBytes(again.get(i));
            Files.write(again.get(i), Arrays.copyOf(bytes, bytes.length - 1 - random.nextInt(bytes.length)));

            assertThatThrownBy(this::rowsAfterReopening).as("log %d of %d cut, seed %d", i, again.size(), seed)
                    .isInstanceOf(StorageFailure.class);
        }
    }

    /// A store that keeps its rows in memory and so needs every log, as one that is killed before it could write files.
    private List<Path> copyAStoreWithSeveralLogs() throws Exception {
        Path original = Files.createTempDirectory(folder, "several").resolve("store");
        Files.createDirectory(original);
        try (var nativeObjects = new NativeObjects(); var mark = AcknowledgedMark.open(original)) {
            var settings = new Settings(16 << 20, WALRecoveryMode.AbsoluteConsistency, nativeObjects);
            settings.of(Families.name(Table.TAGS))
                    .setWriteBufferSize(64 << 10)
                    .setMinWriteBufferNumberToMerge(16)
                    .setMaxWriteBufferNumber(32);
            var handles = new ArrayList<ColumnFamilyHandle>();
            settings.database.setCreateMissingColumnFamilies(true).setAtomicFlush(false);
            var rocks = nativeObjects.keep(RocksDB.open(settings.database, original.toString(),
                    Families.descriptors(List.of("default", Families.name(Table.TAGS)), settings), handles));
            handles.forEach(nativeObjects::keep);
            for (int i = 0; i < MANY_ROWS; i++) {
                byte[] key = RowKey.of(PARTITION, Key.builder().number64(i).build());
                rocks.put(handles.getLast(), settings.writes, key, new byte[1000]);
                mark.move(rocks.getLatestSequenceNumber());
            }
            copy = folder.resolve("copy" + copies++).resolve("store");
            copyFiles(original, copy);
        }
        try (var files = Files.list(copy)) {
            return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
        }
    }

    @Test
    void aRefusalChangesNothing() throws Exception {
        cutLog(logBytes().length / 2);
        Map<Path, ByteBuffer> before = contents();

        assertThatThrownBy(this::rowsAfterReopening).isInstanceOf(StorageFailure.class);

        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void whoRemovesTheMarkGoesOnWithWhatIsLeft() throws Exception {
        cutLog(logBytes().length / 2);
        Files.delete(AcknowledgedMark.file(copy));

        assertThat(rowsAfterReopening()).isBetween(ROWS / 2 - 5, ROWS / 2 + 5);
    }

    @Test
    void aDamagedMarkSaysNothing() throws Exception {
        byte[] mark = Files.readAllBytes(AcknowledgedMark.file(copy));
        mark[0] ^= 1;
        Files.write(AcknowledgedMark.file(copy), mark);

        assertThat(rowsAfterReopening()).isEqualTo(ROWS);
    }

    @Test
    void aStoreOfANewerFormatIsRefusedAndLeftAsItIs() throws Exception {
        try (var storage = RocksDbStorage.open(options("copy"))) {
            storage.commit(new Batch().put(Table.META, StoreFormat.PARTITION, StoreFormat.ROW,
                    StoreFormat.row(StoreFormat.CURRENT + 1)));
        }
        Map<Path, ByteBuffer> before = contents();

        assertThatThrownBy(this::rowsAfterReopening).isInstanceOf(StorageTooNew.class)
                .hasMessageContaining("has format " + (StoreFormat.CURRENT + 1));

        assertThat(contents()).isEqualTo(before);
    }

    private int rowsAfterReopening() {
        try (var storage = RocksDbStorage.open(options(folder.relativize(copy).getName(0).toString()))) {
            return storage.scan(Scan.ascending(Table.TAGS, PARTITION, null, 2 * MANY_ROWS)).size();
        }
    }

    private RocksDbOptions options(String name) {
        return RocksDbOptions.of(folder.resolve(name)).withMemoryBytes(16 << 20).withReserveBytes(0);
    }

    /// The mark as it was while the last row was being written.
    private Path earlierMark() {
        return folder.resolve("earlier-mark");
    }

    private byte[] logBytes() throws IOException {
        return Files.readAllBytes(log());
    }

    private void cutLog(int length) throws IOException {
        Files.write(log(), Arrays.copyOf(logBytes(), length));
    }

    private Path log() throws IOException {
        try (var files = Files.list(copy)) {
            return files.filter(file -> file.toString().endsWith(".log")).max(Comparator.naturalOrder()).orElseThrow();
        }
    }

    private Path manifest() throws IOException {
        try (var files = Files.list(copy)) {
            return files.filter(file -> file.getFileName().toString().startsWith("MANIFEST-")).findAny().orElseThrow();
        }
    }

    /// Where the records of a log begin.
    private static List<Integer> recordHeads(byte[] log) {
        var heads = new ArrayList<Integer>();
        var bytes = ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at + RECORD_HEAD_BYTES <= log.length) {
            if (LOG_BLOCK_BYTES - at % LOG_BLOCK_BYTES < RECORD_HEAD_BYTES) {
                at += LOG_BLOCK_BYTES - at % LOG_BLOCK_BYTES;
                continue;
            }
            heads.add(at);
            at += RECORD_HEAD_BYTES + Short.toUnsignedInt(bytes.getShort(at + RECORD_LENGTH_AT));
        }
        return heads;
    }

    /// The store's files but for RocksDB's own log of what it does.
    private Map<Path, ByteBuffer> contents() throws IOException {
        var contents = new HashMap<Path, ByteBuffer>();
        try (var files = Files.list(copy)) {
            for (Path file : files.filter(file -> !file.getFileName().toString().startsWith("LOG")).toList()) {
                contents.put(file, ByteBuffer.wrap(Files.readAllBytes(file)));
            }
        }
        return contents;
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
