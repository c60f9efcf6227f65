package bellframe.storage;

/// What an embedded store holds now and has done since it was opened.
///
/// @param waitingBatches batches taken and not yet answered
/// @param waitingBytes the bytes of those batches
/// @param committedBatches batches written
/// @param refusedBatches batches refused because too many were waiting
/// @param failedCallbacks callbacks of committed batches that threw
/// @param diskBytes the size of the store's files
/// @param freeBytes the space left on their disk
public record StorageStatistics(
        int waitingBatches,
        long waitingBytes,
        long committedBatches,
        long refusedBatches,
        long failedCallbacks,
        long diskBytes,
        long freeBytes) {
}
