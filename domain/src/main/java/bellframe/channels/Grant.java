package bellframe.channels;

import bellframe.names.UserArn;
import org.jspecify.annotations.Nullable;

/// One cell of the role matrix: under what condition a role may do something.
enum Grant {
    ALWAYS,
    NEVER,
    /// in a PUBLIC channel
    IN_PUBLIC,
    /// to oneself, or to what one sent
    OWN,
    /// unless the membership is HIDDEN
    SHOWN,
    /// in an UNRESTRICTED channel, unless the membership is HIDDEN
    SHOWN_IN_UNRESTRICTED;

    /// @param concerned whom it is done to, or who sent what it is done to; null if nobody in particular
    boolean holds(Standing standing, @Nullable UserArn concerned) {
        return switch (this) {
            case ALWAYS -> true;
            case NEVER -> false;
            case IN_PUBLIC -> standing.channel().isPublic();
            case OWN -> standing.bearer().arn().equals(concerned);
            case SHOWN -> isShown(standing);
            case SHOWN_IN_UNRESTRICTED ->
                isShown(standing) && standing.channel().mode() == Channel.Mode.UNRESTRICTED;
        };
    }

    private static boolean isShown(Standing standing) {
        Membership membership = standing.membership();
        return membership != null && !membership.isHidden();
    }
}
