package bellframe.storage.rocksdb;

import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// Measures group commit against bare writes, and cold reads with and without threads of their own.
///
/// Not a test: `docs/decisions/0003-disk-reads.md` has the commands. Cold reads need root, to drop the page cache.
final class StorageMeasurement {

    private static final int ROWS = 300_000;
    private static final int ROW_BYTES = 4_000;
    private static final int ROWS_PER_BATCH = 100;
    private static final int READERS = 256;
    private static final long MEMORY_BYTES = 16L << 20;
    private static final long RUN_NANOS = 6_000_000_000L;

    private final Path folder;
    private final PrintStream out;

    private StorageMeasurement(Path folder, PrintStream out) {
        this.folder = folder;
        this.out = out;
    }

    /// Takes `commits FOLDER`, `fill FOLDER` or `reads FOLDER THREADS`.
    static void main(String[] args) throws Exception {
        var measurement = new StorageMeasurement(Path.of(args[1]), System.out);
        switch (args[0]) {
            case "commits" -> measurement.commits();
            case "fill" -> measurement.fill();
            case "reads" -> measurement.reads(Integer.parseInt(args[2]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private void commits() throws Exception {
        for (int round = 0; round < 3; round++) {
            double bare = bareWrites();
            double one = groupCommits(1);
            double many = groupCommits(64);
            out.printf("bare %.0f/s; 1 thread %.0f/s = %.2f of bare; 64 threads %.0f/s = %.1f of bare%n", bare, one,
                    one / bare, many, many / bare);
        }
    }

    private double bareWrites() throws RocksDBException {
        RocksDB.loadLibrary();
        var random = new Random(1);
        try (var options = new Options().setCreateIfMissing(true);
                var database = RocksDB.open(options, folder.resolve("bare").toString());
                var sync = new WriteOptions().setSync(true)) {
            long began = System.nanoTime();
            long writes = 0;
            for (; System.nanoTime() - began < RUN_NANOS / 2; writes++) {
                try (var batch = new WriteBatch()) {
                    batch.put(RowKey.of(Key.of("channel"), key(writes)), row(random, 500));
                    database.write(sync, batch);
                }
            }
            return perSecond(writes, began);
        }
    }

    private double groupCommits(int threads) throws Exception {
        var commits = new LongAdder();
        try (var storage = RocksDbStorage.open(RocksDbOptions.of(folder.resolve("commits")))) {
            long began = System.nanoTime();
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int thread = 0; thread < threads; thread++) {
                    var channel = Key.of("channel" + thread);
                    executor.execute(() -> commitUntil(storage, channel, began + RUN_NANOS / 2, commits));
                }
            }
            return perSecond(commits.sum(), began);
        }
    }

    private static void commitUntil(Storage storage, Key channel, long endNanos, LongAdder commits) {
        var random = new Random(1);
        for (long i = 0; System.nanoTime() - endNanos < 0; i++) {
            storage.commit(new Batch().put(Table.MESSAGES, channel, key(i), row(random, 500)));
            commits.increment();
        }
    }

    private void fill() {
        var random = new Random(1);
        try (var storage = RocksDbStorage.open(options(0))) {
            for (long row = 0; row < ROWS; row += ROWS_PER_BATCH) {
                var batch = new Batch();
                for (long i = row; i < row + ROWS_PER_BATCH; i++) {
                    batch.put(Table.MESSAGES, partition(i), key(i), row(random, ROW_BYTES));
                }
                storage.commit(batch);
            }
            out.println(storage.statistics());
        }
    }

    private void reads(int readThreads) throws Exception {
        try (var storage = RocksDbStorage.open(options(readThreads))) {
            Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "3");
            var reads = new LongAdder();
            var latencies = new ConcurrentLinkedQueue<Long>();
            var done = new AtomicBoolean();
            long began = System.nanoTime();
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int reader = 0; reader < READERS; reader++) {
                    var random = new Random(reader);
                    executor.execute(() -> readUntilDone(storage, random, done, reads));
                }
                probe(began, latencies);
                done.set(true);
            }
            report(readThreads, perSecond(reads.sum(), began), latencies.stream().mapToLong(Long::longValue).toArray());
        }
    }

    @SuppressWarnings("ThreadPriorityCheck")
    private static void readUntilDone(Storage storage, Random random, AtomicBoolean done, LongAdder reads) {
        while (!done.get()) {
            long row = random.nextInt(ROWS);
            if (storage.get(Table.MESSAGES, partition(row), key(row)) == null) {
                throw new IllegalStateException("row " + row + " is missing");
            }
            reads.increment();
            // A request goes on to its network, and lets go of its carrier there at the latest.
            Thread.yield();
        }
    }

    /// How long virtual threads that only compute wait for a carrier and run, one after another, meanwhile.
    private static void probe(long began, ConcurrentLinkedQueue<Long> latencies) throws InterruptedException {
        while (System.nanoTime() - began < RUN_NANOS) {
            long started = System.nanoTime();
            Thread.ofVirtual().start(StorageMeasurement::compute).join();
            latencies.add(System.nanoTime() - started);
        }
    }

    private static void compute() {
        byte[] bytes = new byte[10_000];
        Arrays.fill(bytes, (byte) 7);
        if (Arrays.hashCode(bytes) == 0) {
            throw new IllegalStateException("never");
        }
    }

    private void report(int readThreads, double readsPerSecond, long[] latencies) {
        Arrays.sort(latencies);
        out.printf("pool %d, parallelism %s: %.0f reads/s, other work p50 %d us, p99 %d us, max %d us%n", readThreads,
                System.getProperty("jdk.virtualThreadScheduler.parallelism", "cores"), readsPerSecond,
                latencies[latencies.length / 2] / 1000, latencies[latencies.length * 99 / 100] / 1000,
                latencies[latencies.length - 1] / 1000);
    }

    private RocksDbOptions options(int readThreads) {
        return RocksDbOptions.of(folder.resolve("reads")).withMemoryBytes(MEMORY_BYTES).withReadThreads(readThreads);
    }

    private static double perSecond(long count, long beganNanos) {
        return count * 1e9 / (System.nanoTime() - beganNanos);
    }

    private static Key partition(long row) {
        return Key.builder().number64(row / 1000).build();
    }

    private static Key key(long row) {
        return Key.builder().number64(row).build();
    }

    private static byte[] row(Random random, int size) {
        byte[] row = new byte[size];
        random.nextBytes(row);
        return row;
    }
}
