package bellframe.channels;

import bellframe.names.UserArn;
import java.time.Instant;

/// That a user moderates a channel.
public record Moderator(UserArn arn, UserArn createdBy, Instant created) {
}
