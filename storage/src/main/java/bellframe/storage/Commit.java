package bellframe.storage;

/// A batch on its way to the store.
@FunctionalInterface
public interface Commit {

    /// Waits until it is durable, and may do the work for that itself.
    ///
    /// @return false if a condition did not hold
    /// @throws StorageUnavailable if nothing was written
    /// @throws StorageFailure if it is unknown whether it was written
    boolean await();
}
