package bellframe.events;

import bellframe.names.Identity;
import java.time.Instant;

/// A membership as it was when something happened.
///
/// @param hidden whether its type is `HIDDEN` rather than `DEFAULT`
public record MembershipSnapshot(
        String channelArn,
        Identity member,
        Identity invitedBy,
        boolean hidden,
        Instant created,
        Instant updated) {
}
