package bellframe.storage;

/// Told of every group of batches a store has written; runs on the thread that commits and must be short.
@FunctionalInterface
public interface CommitListener {

    /// A listener that does nothing.
    CommitListener NONE = (_, _, _) -> {
    };

    /// A group was written.
    ///
    /// @param batches how many batches were written together
    /// @param bytes what was handed to the store's log
    /// @param nanos how long the write took, with its sync to disk
    void committed(int batches, long bytes, long nanos);
}
