package bellframe.outbound.kinesis;

import bellframe.outbox.DeliveryFailed;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/// What became of each record of a call that Kinesis answered.
final class PutOutcomes {

    private static final Pattern CODE = Pattern.compile("[A-Za-z.]{1,100}");

    private PutOutcomes() {
    }

    /// @param results in the order of the records; what is missing says nothing
    static void tell(List<PendingRecord> records, List<PutRecordsResultEntry> results) {
        for (int i = 0; i < Math.min(records.size(), results.size()); i++) {
            tell(records.get(i), results.get(i));
        }
    }

    private static void tell(PendingRecord record, PutRecordsResultEntry result) {
        @Nullable
        String code = result.errorCode();
        if (code != null) {
            record.failed(failure(code));
        } else if (result.sequenceNumber() != null) {
            record.taken();
        }
    }

    /// The message beside the code is the receiver's own, and stays out.
    private static DeliveryFailed failure(String code) {
        String reason = "the Kinesis stream refused the record"
                + (CODE.matcher(code).matches() ? ": " + code : "");
        return code.equals("ProvisionedThroughputExceededException")
                ? DeliveryFailed.throttled(reason, null)
                : DeliveryFailed.transientFailure(reason);
    }
}
