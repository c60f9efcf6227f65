package bellframe.iam;

import java.time.Instant;
import java.util.List;

/// A user of the account, who signs with access keys of its own.
///
/// @param id `AIDA…`, never given again
/// @param path `/`, or begins and ends with one
/// @param accessKeyIds the keys it has, in the order in which they were made
public record IamUser(
        String arn,
        String name,
        String path,
        String id,
        Instant created,
        Attachments attachments,
        List<String> accessKeyIds) implements Entity {

    public IamUser {
        accessKeyIds = List.copyOf(accessKeyIds);
    }

    IamUser with(Attachments changed) {
        return new IamUser(arn, name, path, id, created, changed, accessKeyIds);
    }

    IamUser with(List<String> changedKeyIds) {
        return new IamUser(arn, name, path, id, created, attachments, changedKeyIds);
    }
}
