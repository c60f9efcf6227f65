package bellframe.identity;

import bellframe.names.AppInstanceArn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One application's world: its users, channels and messages.
public record AppInstance(
        AppInstanceArn arn,
        String name,
        @Nullable String metadata,
        Instant created,
        Instant updated) {
}
