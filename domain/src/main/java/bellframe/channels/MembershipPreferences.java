package bellframe.channels;

import org.jspecify.annotations.Nullable;

/// Which push notifications a member wants from a channel.
///
/// @param filterRule the text of a [FilterRule] if only matching messages are wanted, otherwise null
public record MembershipPreferences(AllowNotifications allowNotifications, @Nullable String filterRule) {

    /// What holds for whoever never said anything.
    public static final MembershipPreferences DEFAULT = new MembershipPreferences(AllowNotifications.ALL, null);

    public enum AllowNotifications {
        ALL,
        NONE,
        FILTERED
    }
}
