package bellframe.identity;

import bellframe.names.Identity;
import bellframe.names.UserArn;
import org.jspecify.annotations.Nullable;

/// A user or a bot, whichever it is: both may be bearer, member, moderator, admin, banned or target of a message.
///
/// @param name the present name; null for a bot without one
public record Actor(UserArn arn, @Nullable String name) {

    public Identity identity() {
        return new Identity(arn.toString(), name);
    }
}
