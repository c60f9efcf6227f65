package bellframe.storage.queue;

/// What a [CommitQueue] holds now and has done since it started.
///
/// @param waiting batches taken and not yet answered
/// @param waitingBytes the bytes of those batches
/// @param committed batches written
/// @param refused batches refused because the queue was full
/// @param failedCallbacks callbacks that threw
public record QueueStatistics(int waiting, long waitingBytes, long committed, long refused, long failedCallbacks) {
}
