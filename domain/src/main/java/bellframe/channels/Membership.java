package bellframe.channels;

import bellframe.names.UserArn;
import java.time.Instant;

/// That a user belongs to a channel.
public record Membership(UserArn member, Type type, UserArn invitedBy, Instant created) {

    /// A hidden member reads along unseen and cannot send.
    public enum Type {
        DEFAULT,
        HIDDEN
    }

    public boolean isHidden() {
        return type == Type.HIDDEN;
    }
}
