package bellframe.identity;

import bellframe.expiration.Expiration;
import bellframe.names.UserArn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Someone who can act in an app instance.
///
/// @param expiration when the user is to be deleted by itself; null for never
/// @param leaving whether the user is being deleted: nobody sees it any more, but some of its rows may still be there
public record AppInstanceUser(
        UserArn arn,
        String name,
        @Nullable String metadata,
        @Nullable Expiration expiration,
        Instant created,
        Instant updated,
        boolean leaving) {

    /// The same user under another name; without metadata it keeps its own.
    AppInstanceUser changed(String newName, @Nullable String newMetadata, Instant when) {
        return new AppInstanceUser(arn, newName, newMetadata == null ? metadata : newMetadata, expiration, created,
                when, leaving);
    }

    AppInstanceUser expiring(@Nullable Expiration newExpiration, Instant when) {
        return new AppInstanceUser(arn, name, metadata, newExpiration, created, when, leaving);
    }

    /// The same user on its way out.
    AppInstanceUser departing() {
        return new AppInstanceUser(arn, name, metadata, expiration, created, updated, true);
    }
}
