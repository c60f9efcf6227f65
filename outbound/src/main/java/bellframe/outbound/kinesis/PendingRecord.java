package bellframe.outbound.kinesis;

import bellframe.outbox.DeliveryFailed;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/// A record on its way, and what becomes of it.
final class PendingRecord {

    /// What Kinesis takes of one record: data and partition key, by default of a stream.
    static final int BYTES_MAX = 1024 * 1024;
    static final int PARTITION_KEY_CHARACTERS_MAX = 256;

    private final String partitionKey;
    private final byte[] data;
    private final int bytes;
    private final CompletableFuture<Void> outcome = new CompletableFuture<>();

    PendingRecord(String partitionKey, byte[] data) {
        this.partitionKey = partitionKey;
        this.data = data;
        this.bytes = data.length + partitionKey.getBytes(StandardCharsets.UTF_8).length;
    }

    /// As Kinesis counts them.
    int bytes() {
        return bytes;
    }

    boolean tooLarge() {
        return bytes > BYTES_MAX || partitionKey.length() > PARTITION_KEY_CHARACTERS_MAX;
    }

    PutRecordsRequestEntry entry() {
        return PutRecordsRequestEntry.builder()
                .partitionKey(partitionKey)
                .data(SdkBytes.fromByteArrayUnsafe(data))
                .build();
    }

    void taken() {
        outcome.complete(null);
    }

    /// Nothing happens if it is known already what became of it.
    void failed(DeliveryFailed failure) {
        outcome.completeExceptionally(failure);
    }

    /// Returns once the stream has it.
    void await() throws DeliveryFailed, InterruptedException {
        try {
            outcome.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof DeliveryFailed failure
                    ? failure
                    : DeliveryFailed.transientFailure("the call to the Kinesis stream failed");
        }
    }
}
