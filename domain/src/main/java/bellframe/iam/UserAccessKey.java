package bellframe.iam;

import java.time.Instant;

/// The access key of a user.
///
/// @param active whether requests may be signed with it
public record UserAccessKey(String id, String userName, String secret, boolean active, Instant created) {

    UserAccessKey with(boolean changedActive) {
        return new UserAccessKey(id, userName, secret, changedActive, created);
    }

    @Override
    public String toString() {
        return "UserAccessKey[" + id + "]";
    }
}
