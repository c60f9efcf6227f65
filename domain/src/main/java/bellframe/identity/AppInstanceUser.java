package bellframe.identity;

import bellframe.names.Identity;
import bellframe.names.UserArn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Someone who can act in an app instance.
///
/// @param leaving whether the user is being deleted: nobody sees it any more, but some of its rows may still be there
public record AppInstanceUser(
        UserArn arn,
        String name,
        @Nullable String metadata,
        Instant created,
        Instant updated,
        boolean leaving) {

    /// The same user under another name; without metadata it keeps its own.
    AppInstanceUser changed(String newName, @Nullable String newMetadata, Instant when) {
        return new AppInstanceUser(arn, newName, newMetadata == null ? metadata : newMetadata, created, when, leaving);
    }

    /// The same user on its way out.
    AppInstanceUser departing() {
        return new AppInstanceUser(arn, name, metadata, created, updated, true);
    }

    public Identity identity() {
        return new Identity(arn.toString(), name);
    }
}
