package bellframe.identity;

import bellframe.names.UserArn;
import java.time.Instant;

/// A user who is a moderator of every channel of its app instance, and may delete messages.
public record AppInstanceAdmin(UserArn arn, Instant created) {
}
