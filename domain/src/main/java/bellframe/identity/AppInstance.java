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

    /// The same app instance under another name; without metadata it keeps its own.
    AppInstance changed(String newName, @Nullable String newMetadata, Instant when) {
        return new AppInstance(arn, newName, newMetadata == null ? metadata : newMetadata, created, when);
    }
}
