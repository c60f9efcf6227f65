package bellframe.storage.rocksdb;

import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/// How RocksDB is set up; `docs/decisions/0002-rocksdb.md` gives the reasons.
final class Settings {

    private static final int FILTER_BITS_PER_KEY = 10;
    /// One look-up in some 2,000 then reads a block for nothing, not one in a hundred, for each file that is asked.
    private static final int TOKEN_FILTER_BITS_PER_KEY = 16;
    private static final long BLOCK_BYTES = 8L << 10;
    private static final long WAL_BYTES_MAX = 128L << 20;
    private static final long WRITE_BUFFER_BYTES_MAX = 32L << 20;
    private static final double WRITE_BUFFER_FILTER_SHARE = 0.005;
    private static final int OPEN_FILES_MAX = 512;
    private static final long INFO_LOG_BYTES_MAX = 2L << 20;
    private static final int INFO_LOGS_KEPT = 4;

    final DBOptions database;
    private final ColumnFamilyOptions usual;
    private final ColumnFamilyOptions sent;
    private final ColumnFamilyOptions tokens;
    final WriteOptions writes;
    final ReadOptions memoryReads;
    final ReadOptions diskReads;

    /// @param recovery what to make of a log that is damaged
    Settings(long memoryBytes, WALRecoveryMode recovery, NativeObjects owner) {
        // Write buffers are charged to the cache, so its size bounds both.
        Cache cache = owner.keep(new LRUCache(memoryBytes));
        var writeBuffers = owner.keep(new WriteBufferManager(memoryBytes / 4, cache));
        database = database(owner.keep(verifyingFinishedLogs()), writeBuffers).setWalRecoveryMode(recovery);
        var filter = owner.keep(new BloomFilter(FILTER_BITS_PER_KEY));
        long writeBufferBytes = Math.min(memoryBytes / 8, WRITE_BUFFER_BYTES_MAX);
        usual = family(owner.keep(new ColumnFamilyOptions()), cache, filter, writeBufferBytes);
        sent = family(owner.keep(insertingByPartition()), cache, filter, writeBufferBytes);
        var tokenFilter = owner.keep(new BloomFilter(TOKEN_FILTER_BITS_PER_KEY));
        tokens = family(owner.keep(insertingByPartition()), cache, tokenFilter, writeBufferBytes)
                .setMemtablePrefixBloomSizeRatio(WRITE_BUFFER_FILTER_SHARE)
                .setMemtableWholeKeyFiltering(true);
        writes = owner.keep(new WriteOptions()).setSync(true);
        memoryReads = reads(owner).setReadTier(ReadTier.BLOCK_CACHE_TIER);
        diskReads = reads(owner);
    }

    /// RocksDB then knows the size that each finished log must have; Java has no setter for it.
    private static DBOptions verifyingFinishedLogs() {
        DBOptions options = DBOptions.getDBOptionsFromProps(property("track_and_verify_wals_in_manifest", "true"));
        if (options == null) {
            throw new IllegalStateException("this RocksDB does not verify its finished logs");
        }
        return options;
    }

    /// A write buffer then knows for each partition where its last row went, which is where the next one goes, and need not
    /// search all of itself. Java has no setter for it.
    private static ColumnFamilyOptions insertingByPartition() {
        ColumnFamilyOptions options = ColumnFamilyOptions.getColumnFamilyOptionsFromProps(
                property("memtable_insert_with_hint_prefix_extractor",
                        "rocksdb.FixedPrefix." + RowKey.PREFIX_BYTES));
        if (options == null) {
            throw new IllegalStateException("this RocksDB keeps no places in its write buffers");
        }
        return options;
    }

    private static Properties property(String name, String value) {
        var properties = new Properties();
        properties.setProperty(name, value);
        return properties;
    }

    private static DBOptions database(DBOptions options, WriteBufferManager writeBuffers) {
        return options.setCreateIfMissing(true)
                .setParanoidChecks(true)
                .setRecycleLogFileNum(0)
                .setMaxTotalWalSize(WAL_BYTES_MAX)
                .setAtomicFlush(true)
                .setWriteBufferManager(writeBuffers)
                .setMaxOpenFiles(OPEN_FILES_MAX)
                .setMaxBackgroundJobs(2)
                .setBytesPerSync(1 << 20)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(INFO_LOG_BYTES_MAX)
                .setKeepLogFileNum(INFO_LOGS_KEPT)
                .setStatsDumpPeriodSec(0);
    }

    private static ColumnFamilyOptions family(ColumnFamilyOptions options, Cache cache, BloomFilter filter,
            long writeBufferBytes) {
        var blocks = new BlockBasedTableConfig().setBlockCache(cache)
                .setBlockSize(BLOCK_BYTES)
                .setFilterPolicy(filter)
                .setWholeKeyFiltering(true)
                .setOptimizeFiltersForMemory(true)
                // In pieces, for that of a whole file would be larger than a shard of the cache keeps for long.
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setMetadataBlockSize(BLOCK_BYTES)
                .setPinTopLevelIndexAndFilter(true)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
        return options.setTableFormatConfig(blocks)
                .setWriteBufferSize(writeBufferBytes)
                .useFixedLengthPrefixExtractor(RowKey.PREFIX_BYTES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setLevelCompactionDynamicLevelBytes(true);
    }

    /// How a table is kept. What every message writes is inserted by partition; elsewhere, with few rows in many partitions, the
    /// places would take more memory than they are worth. The table of tokens has a filter in its write buffers too, for every
    /// send looks for its token, which nearly never is there; a filter takes room before anything is written, so that not all
    /// tables can have one.
    ColumnFamilyOptions of(String family) {
        return switch (Families.byName().get(family)) {
            case MESSAGE_TOKENS -> tokens;
            case MESSAGES, CHANNEL_HEADS -> sent;
            case null, default -> usual;
        };
    }

    private static ReadOptions reads(NativeObjects owner) {
        return owner.keep(new ReadOptions()).setVerifyChecksums(true).setPrefixSameAsStart(true);
    }
}
