package bellframe.http;

import bellframe.credentials.Signer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes known of a request on its way, for the audit log. Confined to the request's thread.
final class Trail {

    private @Nullable Signer signer;
    private List<String> targets = List.of();

    void signedBy(Signer known) {
        signer = known;
    }

    /// @param known what the request is about: ARNs, names, ids of keys; never a secret
    void concerns(List<String> known) {
        targets = known;
    }

    @Nullable
    Signer signer() {
        return signer;
    }

    List<String> targets() {
        return targets;
    }
}
