package bellframe.storage;

/// The store cannot take this call now and has done none of it: the disk is full, the queue is full, it is closing.
/// The same call may succeed later.
public final class StorageUnavailable extends RuntimeException {

    public StorageUnavailable(String message) {
        super(message, null, false, false);
    }
}
