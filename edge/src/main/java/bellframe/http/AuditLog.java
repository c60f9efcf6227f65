package bellframe.http;

import bellframe.credentials.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hears of every call that matters to security: of keys, policies, roles, deletions, credentials given, and denials.
@FunctionalInterface
public interface AuditLog {

    /// A call that has been answered.
    ///
    /// @param principalArn who signed it; null if nobody did rightly
    /// @param accessKeyId and with which key
    /// @param targets what it was about: ARNs, names, ids of keys
    /// @param error why it was refused; null if it was done
    record Entry(
            String requestId,
            String operation,
            @Nullable String principalArn,
            @Nullable String accessKeyId,
            Origin origin,
            List<String> targets,
            @Nullable String error) {
    }

    /// Writes an entry down; called by many threads at once.
    void note(Entry entry);
}
