package bellframe.exchange;

import bellframe.names.UserArn;
import bellframe.sts.TemporaryCredentials;

/// What a chat client needs to act as a user.
public record ChatCredentials(UserArn user, String displayName, TemporaryCredentials credentials) {
}
