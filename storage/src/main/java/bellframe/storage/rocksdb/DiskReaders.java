package bellframe.storage.rocksdb;

import bellframe.storage.StorageUnavailable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Platform threads that wait for the disk in place of virtual ones, which would hold on to their carriers.
final class DiskReaders implements AutoCloseable {

    /// Reads beyond this are refused; each has a caller that waits for it.
    private static final int WAITING_MAX = 16_384;
    private static final long IDLE_SECONDS = 10;

    private final @Nullable ThreadPoolExecutor pool;

    /// @param threads how many; 0 leaves every read on its caller's thread
    DiskReaders(int threads) {
        pool = threads == 0 ? null : start(threads);
    }

    private static ThreadPoolExecutor start(int threads) {
        var factory = Thread.ofPlatform().daemon().name("bellframe-read-", 0).factory();
        var pool = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING_MAX), factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    <T extends @Nullable Object> T call(Supplier<T> read) {
        if (pool == null || !Thread.currentThread().isVirtual()) {
            return read.get();
        }
        try {
            return CompletableFuture.supplyAsync(read, pool).join();
        } catch (RejectedExecutionException refusal) {
            throw new StorageUnavailable(
                    pool.isShutdown() ? "the store is closed" : "too many reads wait for the disk");
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
        }
    }
}
