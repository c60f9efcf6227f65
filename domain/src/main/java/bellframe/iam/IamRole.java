package bellframe.iam;

import bellframe.policy.PolicyDocument;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A role of the account, which others assume for a while.
///
/// @param id `AROA…`, never given again: sessions of a role that was deleted end with it, whatever role has its name by then
/// @param path `/`, or begins and ends with one
/// @param maxSession how long credentials of the role may be good, 1 to 12 hours
/// @param trust who may assume it
public record IamRole(
        String arn,
        String name,
        String path,
        String id,
        Instant created,
        @Nullable String description,
        Duration maxSession,
        PolicyDocument trust,
        Attachments attachments) implements Entity {

    IamRole with(Attachments changed) {
        return new IamRole(arn, name, path, id, created, description, maxSession, trust, changed);
    }

    IamRole with(PolicyDocument changedTrust) {
        return new IamRole(arn, name, path, id, created, description, maxSession, changedTrust, attachments);
    }

    IamRole with(@Nullable String changedDescription, Duration changedMaxSession) {
        return new IamRole(arn, name, path, id, created, changedDescription, changedMaxSession, trust, attachments);
    }
}
