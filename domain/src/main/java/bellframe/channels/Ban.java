package bellframe.channels;

import bellframe.names.UserArn;
import java.time.Instant;

/// That a user may neither belong to a channel nor read it.
public record Ban(UserArn member, UserArn createdBy, Instant created) {
}
