package bellframe.outbound.kinesis;

import bellframe.streaming.StreamSinks.Fitness;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/// What AWS demands of a stream that events are streamed to.
final class StreamSummary {

    private static final int SHARDS_MIN = 2;

    private StreamSummary() {
    }

    /// @param summary as Kinesis tells it, maybe in part; null if it tells nothing
    static Fitness fitness(@Nullable StreamDescriptionSummary summary) {
        if (summary == null || summary.streamStatus() == null || summary.openShardCount() == null) {
            return new Fitness.Unknown("the Kinesis stream was not described");
        }
        StreamStatus status = summary.streamStatus();
        if (status != StreamStatus.ACTIVE && status != StreamStatus.UPDATING) {
            return new Fitness.Unfit(status == StreamStatus.UNKNOWN_TO_SDK_VERSION
                    ? "the Kinesis stream is not active"
                    : "the Kinesis stream is " + status);
        }
        if (summary.openShardCount() < SHARDS_MIN) {
            return new Fitness.Unfit("the Kinesis stream must have " + SHARDS_MIN + " open shards or more");
        }
        if (summary.encryptionType() != EncryptionType.KMS) {
            return new Fitness.Unfit("the Kinesis stream must have server-side encryption");
        }
        return new Fitness.Fit();
    }
}
