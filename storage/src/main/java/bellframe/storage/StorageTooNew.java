package bellframe.storage;

/// The rows were written by a newer version, which this one must not touch.
public final class StorageTooNew extends RuntimeException {

    public StorageTooNew(String message) {
        super(message, null, false, false);
    }
}
