package bellframe.storage;

/// The store's folder is in use by another process, or by another store of this one.
public final class StorageLocked extends RuntimeException {

    public StorageLocked(String message) {
        super(message, null, false, false);
    }
}
