package bellframe.channels;

import bellframe.names.ChannelArn;
import bellframe.names.UserArn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A channel as it is stored.
///
/// @param incarnation names this channel and no other, ever, while its ARN may come back with a custom channel id; what
///        belongs to the channel is stored under the incarnation
/// @param deleted whether the channel is gone for everybody, while its rows still keep its channel id taken
public record Channel(
        ChannelArn arn,
        String incarnation,
        String name,
        Mode mode,
        Privacy privacy,
        @Nullable String metadata,
        UserArn createdBy,
        Instant created,
        Instant updated,
        boolean deleted) {

    /// Who may add members: every member, or moderators and admins only.
    public enum Mode {
        UNRESTRICTED,
        RESTRICTED
    }

    /// Who may find, read and join: every user of the app instance, or members, moderators and admins only.
    public enum Privacy {
        PUBLIC,
        PRIVATE
    }

    public boolean isPublic() {
        return privacy == Privacy.PUBLIC;
    }

    Channel changed(String newName, Mode newMode, @Nullable String newMetadata, Instant when) {
        return new Channel(arn, incarnation, newName, newMode, privacy, newMetadata, createdBy, created, when, false);
    }

    Channel gone(Instant when) {
        return new Channel(arn, incarnation, name, mode, privacy, metadata, createdBy, created, when, true);
    }
}
