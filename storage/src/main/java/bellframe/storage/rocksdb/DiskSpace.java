package bellframe.storage.rocksdb;

import bellframe.storage.StorageUnavailable;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Refuses writes while the disk has less room than the reserve; called by whoever commits only.
final class DiskSpace {

    private static final Logger LOG = LoggerFactory.getLogger(DiskSpace.class);
    private static final long LOOK_EVERY_NANOS = 100_000_000;

    private final LongSupplier freeBytes;
    private final LongSupplier nanoTime;
    private final long reserveBytes;
    private long lookedAtNanos;
    private boolean enough = true;
    /// Whether writes were refused since the last one that succeeded; for the log.
    private boolean refusing;

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
        enough = free >= reserveBytes;
        if (!enough) {
            refuse(free + " bytes are free on the disk, " + reserveBytes + " must be");
        }
    }

    /// A write failed for want of room, whatever the last look said: nothing is tried until the next one.
    void ranOut() {
        lookedAtNanos = nanoTime.getAsLong();
        enough = false;
        refuse("the disk is full");
    }

    /// A write succeeded.
    void wrote() {
        if (refusing) {
            refusing = false;
            LOG.info("writes are taken again");
        }
    }

    private void refuse(String reason) {
        if (!refusing) {
            refusing = true;
            LOG.warn("writes are refused: {}", reason);
        }
    }
}
