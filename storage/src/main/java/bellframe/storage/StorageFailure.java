package bellframe.storage;

/// The store failed; of a write it is unknown whether it will be found later.
public final class StorageFailure extends RuntimeException {

    public StorageFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
