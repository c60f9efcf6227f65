package bellframe.storage.queue;

import bellframe.storage.Batch;
import bellframe.storage.Key;
import java.util.concurrent.CompletableFuture;

/// A submitted batch that has not been answered.
record Waiting(Batch batch, Runnable committed, CompletableFuture<Boolean> answer, long bytes) {

    static Waiting of(Batch batch, Runnable committed) {
        return new Waiting(batch, committed, new CompletableFuture<>(), bytes(batch));
    }

    boolean isConditional() {
        return !batch.conditions().isEmpty();
    }

    /// The one partition of a conditional batch.
    Key partition() {
        return batch.conditions().getFirst().partition();
    }

    private static long bytes(Batch batch) {
        long bytes = 0;
        for (var write : batch.writes()) {
            byte[] value = write.value();
            bytes += write.partition().bytes().length + write.row().bytes().length + (value == null ? 0 : value.length);
        }
        for (var condition : batch.conditions()) {
            byte[] expected = condition.expected();
            bytes += expected == null ? 0 : expected.length;
        }
        return bytes;
    }
}
