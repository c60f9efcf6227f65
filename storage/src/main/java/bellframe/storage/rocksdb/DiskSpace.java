package bellframe.storage.rocksdb;

import bellframe.storage.StorageUnavailable;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Refuses writes while the disk has less room than the reserve; called by the committing thread only.
final class DiskSpace {

    private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);
    private static final long LOOK_EVERY_NANOS = 100_000_000;

    private final LongSupplier freeBytes;
    private final LongSupplier nanoTime;
    private final long reserveBytes;
    private boolean enough = true;
    private long lookedAtNanos;

    DiskSpace(RocksDbOptions options) {
        this.freeBytes = options.freeBytes();
        this.nanoTime = options.nanoTime();
        this.reserveBytes = options.reserveBytes();
        this.lookedAtNanos = nanoTime.getAsLong() - LOOK_EVERY_NANOS;
    }

    /// Refuses to go on without room.
    ///
    /// @throws StorageUnavailable if there is too little
    void require() {
        long now = nanoTime.getAsLong();
        if (now - lookedAtNanos >= LOOK_EVERY_NANOS) {
            lookedAtNanos = now;
            look();
        }
        if (!enough) {
            throw new StorageUnavailable("the disk is full");
        }
    }

    private void look() {
        long free = freeBytes.getAsLong();
        boolean enoughNow = free >= reserveBytes;
        if (enough && !enoughNow) {
            LOG.warn("writes are refused: {} bytes are free on the disk, {} must be", free, reserveBytes);
        }
        if (!enough && enoughNow) {
            LOG.info("writes are taken again: {} bytes are free on the disk", free);
        }
        enough = enoughNow;
    }
}
