package bellframe.idempotency;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import java.util.Arrays;

/// Remembers what a create operation set out to create under a client request token.
///
/// The plan is kept before anything is created, so that a retry, also one after a crash half-way, carries out the same
/// plan to its end instead of a second one.
public final class RequestTokens {

    private static final int ROW_VERSION = 1;

    private final Storage storage;

    public RequestTokens(Storage storage) {
        this.storage = storage;
    }

    /// Reserves a token for a plan.
    ///
    /// @param scope the operation and whatever else, beside the caller, a token belongs to
    /// @param caller the bearer or the principal
    /// @param fingerprint of the request's parameters
    /// @param plan the ids that would be created
    /// @return the plan to carry out: `plan` at first sight of the token, the earlier one on a retry
    /// @throws Refused with [Refusal#CONFLICT] if the token came with other parameters before
    public String claim(String scope, String caller, String token, byte[] fingerprint, String plan) {
        var partition = Key.of(scope, caller, token);
        byte[] row = new RowWriter(ROW_VERSION).bytes(fingerprint).text(plan).toBytes();
        var batch = new Batch().requireAbsent(Table.REQUEST_TOKENS, partition, Key.EMPTY)
                .put(Table.REQUEST_TOKENS, partition, Key.EMPTY, row);
        return storage.commit(batch) ? plan : earlierPlan(partition, fingerprint);
    }

    private String earlierPlan(Key partition, byte[] fingerprint) {
        byte[] row = storage.get(Table.REQUEST_TOKENS, partition, Key.EMPTY);
        if (row == null) {
            throw new Refused(Refusal.CONFLICT, "The ClientRequestToken expired while it was used.");
        }
        var earlier = new RowReader(row, ROW_VERSION);
        if (!Arrays.equals(earlier.bytes(), fingerprint)) {
            throw new Refused(Refusal.CONFLICT, "The ClientRequestToken was used with other parameters.");
        }
        return earlier.text();
    }
}
