package bellframe.iam;

import bellframe.api.Call;
import bellframe.credentials.AccessKey;
import bellframe.credentials.AccessKeys;
import bellframe.credentials.Origin;
import bellframe.credentials.Permissions;
import bellframe.credentials.Principal;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.List;

/// Who calls an operation of IAM or STS, and whether the policies of that principal let it.
public final class AuthorizedOperations {

    private final AccessKeys keys;
    private final Permissions permissions;

    public AuthorizedOperations(AccessKeys keys, Permissions permissions) {
        this.keys = keys;
        this.permissions = permissions;
    }

    /// The principal that signed the call.
    public Principal caller(Call call) {
        String id = call.accessKeyId();
        AccessKey key = id == null ? null : keys.find(id, call.sessionToken());
        if (key == null) {
            // It was there when the signature was checked.
            throw new Refused(Refusal.UNRECOGNIZED_CLIENT);
        }
        return key.principal();
    }

    /// Where the call comes from.
    public static Origin origin(Call call) {
        return new Origin(call.sourceAddress(), call.secure(), call.userAgent());
    }

    /// Refuses an operation of IAM that the caller's policies do not allow. Credentials of GetSessionToken may not call IAM
    /// at all, as on AWS when they were got without a second factor.
    ///
    /// @param resource the ARN of what it is done to
    /// @return the caller
    /// @throws Refused with [Refusal#ACCESS_DENIED]
    Principal require(Call call, String action, String resource) {
        Principal caller = caller(call);
        if (caller.session() != null && caller.kind() != Principal.Kind.ASSUMED_ROLE) {
            throw Permissions.denied(caller, action, resource, "with credentials of GetSessionToken");
        }
        permissions.require(caller, origin(call), action, List.of(resource));
        return caller;
    }
}
