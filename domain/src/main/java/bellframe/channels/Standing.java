package bellframe.channels;

import bellframe.identity.Bearer;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import org.jspecify.annotations.Nullable;

/// What a user is to a channel; with [Action] it tells what the user may do there.
public record Standing(
        Channel channel,
        Bearer bearer,
        boolean admin,
        boolean moderator,
        @Nullable Membership membership,
        boolean banned) {

    /// Whether the user may do something that concerns nobody in particular.
    public boolean may(Action action) {
        return may(action, null);
    }

    /// Whether the user may do something to somebody.
    ///
    /// @param concerned whom it is done to, or who sent what it is done to
    public boolean may(Action action, @Nullable UserArn concerned) {
        boolean hasRole = admin || moderator || membership != null;
        return (admin && action.admin.holds(this, concerned))
                || (moderator && action.moderator.holds(this, concerned))
                || (membership != null && action.member.holds(this, concerned))
                || (!hasRole && !banned && action.none.holds(this, concerned));
    }

    /// Refuses what the user may not do.
    ///
    /// @throws Refused with [Refusal#NOT_ALLOWED]
    public void require(Action action) {
        require(may(action));
    }

    /// Refuses what the user may not do to somebody.
    ///
    /// @param concerned whom it is done to, or who sent what it is done to
    /// @throws Refused with [Refusal#NOT_ALLOWED]
    public void require(Action action, @Nullable UserArn concerned) {
        require(may(action, concerned));
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
