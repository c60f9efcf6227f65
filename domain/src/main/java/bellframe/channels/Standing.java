package bellframe.channels;

import bellframe.identity.Bearer;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import org.jspecify.annotations.Nullable;

/// What a user is to a channel it may see, and so what it may do there: the role matrix, a line each.
public record Standing(
        Channel channel,
        Bearer bearer,
        boolean admin,
        boolean moderator,
        @Nullable Membership membership) {

    /// Describe, read messages, list memberships.
    boolean seesChannel() {
        return channel.isPublic() || administers() || membership != null;
    }

    /// Update and delete the channel, add and remove anybody, see hidden members, redact any message.
    public boolean administers() {
        return admin || moderator;
    }

    /// Send messages: members only, whatever their role, and not hidden ones.
    public boolean sends() {
        return membership != null && !membership.isHidden();
    }

    /// Add another user as a DEFAULT member.
    public boolean invites() {
        return administers() || (sends() && channel.mode() == Channel.Mode.UNRESTRICTED);
    }

    /// Refuses what is not allowed.
    ///
    /// @throws Refused with [Refusal#NOT_ALLOWED] if `allowed` is false
    public static void require(boolean allowed) {
        if (!allowed) {
            throw new Refused(Refusal.NOT_ALLOWED);
        }
    }
}
