package bellframe.storage.rocksdb;

import bellframe.storage.CommitListener;
import bellframe.storage.queue.QueueLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/// Where the embedded store keeps its rows and what it may use.
///
/// @param folder the data folder; the store makes it if it is missing, locks it, and keeps its files in `store` below it
/// @param memoryBytes the bound of everything the store caches and buffers
/// @param reserveBytes while less than this is free on the disk, batches are refused
/// @param queueLimits how much may wait to be committed
/// @param readThreads how many reads of virtual threads may wait for the disk at once; with 0 each waits on its own
/// carrier
/// @param freeBytes the space left on the disk
/// @param nanoTime the clock that measures writes and spaces the looks at `freeBytes`
/// @param listener told of every group of batches written
public record RocksDbOptions(
        Path folder,
        long memoryBytes,
        long reserveBytes,
        QueueLimits queueLimits,
        int readThreads,
        LongSupplier freeBytes,
        LongSupplier nanoTime,
        CommitListener listener) {

    private static final long MEMORY_BYTES = 256L << 20;
    private static final long MEMORY_BYTES_MIN = 8L << 20;
    private static final long RESERVE_BYTES = 256L << 20;
    private static final int READ_THREADS = 32;

    public RocksDbOptions {
        if (memoryBytes < MEMORY_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "memoryBytes is " + memoryBytes + ", must be " + MEMORY_BYTES_MIN + " or more");
        }
        if (reserveBytes < 0) {
            throw new IllegalArgumentException("reserveBytes is " + reserveBytes + ", must be 0 or more");
        }
        if (readThreads < 0) {
            throw new IllegalArgumentException("readThreads is " + readThreads + ", must be 0 or more");
        }
    }

    public static RocksDbOptions of(Path folder) {
        return new RocksDbOptions(folder, MEMORY_BYTES, RESERVE_BYTES, QueueLimits.DEFAULT, READ_THREADS,
                () -> usableBytes(folder), System::nanoTime, CommitListener.NONE);
    }

    public RocksDbOptions withMemoryBytes(long bytes) {
        return new RocksDbOptions(folder, bytes, reserveBytes, queueLimits, readThreads, freeBytes, nanoTime, listener);
    }

    public RocksDbOptions withReserveBytes(long bytes) {
        return new RocksDbOptions(folder, memoryBytes, bytes, queueLimits, readThreads, freeBytes, nanoTime, listener);
    }

    public RocksDbOptions withQueueLimits(QueueLimits limits) {
        return new RocksDbOptions(folder, memoryBytes, reserveBytes, limits, readThreads, freeBytes, nanoTime,
                listener);
    }

    public RocksDbOptions withReadThreads(int threads) {
        return new RocksDbOptions(folder, memoryBytes, reserveBytes, queueLimits, threads, freeBytes, nanoTime,
                listener);
    }

    public RocksDbOptions withFreeBytes(LongSupplier bytes) {
        return new RocksDbOptions(folder, memoryBytes, reserveBytes, queueLimits, readThreads, bytes, nanoTime,
                listener);
    }

    public RocksDbOptions withNanoTime(LongSupplier clock) {
        return new RocksDbOptions(folder, memoryBytes, reserveBytes, queueLimits, readThreads, freeBytes, clock,
                listener);
    }

    public RocksDbOptions withListener(CommitListener commitListener) {
        return new RocksDbOptions(folder, memoryBytes, reserveBytes, queueLimits, readThreads, freeBytes, nanoTime,
                commitListener);
    }

    private static long usableBytes(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
