package bellframe.storage.queue;

/// How much may wait to be committed; what is more is refused at once rather than kept in memory.
///
/// @param batches the most batches that may wait
/// @param bytes the most bytes of keys and values that may wait; a single larger batch is still taken by an empty queue
public record QueueLimits(int batches, long bytes) {

    /// Room for some thousands of sends, in memory a small server can spare.
    public static final QueueLimits DEFAULT = new QueueLimits(16_384, 64L << 20);

    public QueueLimits {
        if (batches < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "a queue of " + batches + " batches, " + bytes + " bytes, takes nothing");
        }
    }
}
