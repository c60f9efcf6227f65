package bellframe.http;

import bellframe.credentials.Origin;
import bellframe.credentials.Signer;
import bellframe.refusals.Refusal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells which calls the audit log hears of.
final class Audit {

    /// Beside everything that is called delete.
    private static final Set<String> OPERATIONS = Set.of(
            "CreateUser", "CreateAccessKey", "UpdateAccessKey", "PutUserPolicy", "TagUser", "UntagUser",
            "CreateRole", "UpdateRole", "UpdateAssumeRolePolicy", "PutRolePolicy", "TagRole", "UntagRole",
            "CreateOpenIDConnectProvider", "AddClientIDToOpenIDConnectProvider",
            "RemoveClientIDFromOpenIDConnectProvider", "UpdateOpenIDConnectProviderThumbprint",
            "TagOpenIDConnectProvider", "UntagOpenIDConnectProvider",
            "AssumeRole", "AssumeRoleWithWebIdentity", "GetSessionToken", "ExchangeCredentials",
            "CreateAppInstance", "CreateAppInstanceAdmin", "PutAppInstanceRetentionSettings",
            "PutMessagingStreamingConfigurations");

    private final AuditLog log;

    Audit(AuditLog log) {
        this.log = log;
    }

    /// Notes a call if it matters.
    ///
    /// @param refusal why it was not done; null if it was
    void note(String requestId, String operation, Trail trail, Origin origin, @Nullable Refusal refusal) {
        if (matters(operation) || (refusal != null && isDenial(refusal))) {
            Signer signer = trail.signer();
            log.note(new AuditLog.Entry(requestId, operation, signer == null ? null : signer.principal().arn(),
                    signer == null ? null : signer.accessKeyId(), origin, trail.targets(),
                    refusal == null ? null : refusal.error()));
        }
    }

    private static boolean isDenial(Refusal refusal) {
        return refusal == Refusal.ACCESS_DENIED || FailedSignatures.include(refusal);
    }

    private static boolean matters(String operation) {
        return operation.startsWith("Delete") || OPERATIONS.contains(operation);
    }
}
