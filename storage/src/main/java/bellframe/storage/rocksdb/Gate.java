package bellframe.storage.rocksdb;

import bellframe.storage.StorageUnavailable;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps native objects alive while calls use them: whoever closes waits for the calls inside, later calls are refused.
final class Gate {

    private final StampedLock lock = new StampedLock();
    private boolean closed;

    <T extends @Nullable Object> T pass(Supplier<T> call) {
        long stamp = lock.readLock();
        try {
            if (closed) {
                throw new StorageUnavailable("the store is closed");
            }
            return call.get();
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /// Waits for the calls inside and refuses others.
    ///
    /// @return false if it was closed before
    boolean close() {
        long stamp = lock.writeLock();
        try {
            boolean first = !closed;
            closed = true;
            return first;
        } finally {
            lock.unlockWrite(stamp);
        }
    }
}
