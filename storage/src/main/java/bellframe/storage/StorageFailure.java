package bellframe.storage;

import org.jspecify.annotations.Nullable;

/// The store failed; of a write it is unknown whether it will be found later.
public final class StorageFailure extends RuntimeException {

    private final boolean diskFull;

    public StorageFailure(String message) {
        this(message, null);
    }

    /// @param cause if it is a failure for want of disk space, so is this one
    public StorageFailure(String message, @Nullable Throwable cause) {
        this(message, cause, cause instanceof StorageFailure failure && failure.diskFull);
    }

    private StorageFailure(String message, @Nullable Throwable cause, boolean diskFull) {
        super(message, cause);
        this.diskFull = diskFull;
    }

    /// The disk had no room left in the middle of a write.
    public static StorageFailure diskFull(String message, Throwable cause) {
        return new StorageFailure(message, cause, true);
    }

    /// Whether the same call may succeed once there is room on the disk.
    public boolean isDiskFull() {
        return diskFull;
    }
}
