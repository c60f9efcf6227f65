package bellframe.server.rules;

/// What somebody can be to a channel.
enum Role {
    /// app instance admin, neither moderator nor member
    ADMIN,
    /// moderator, not a member
    MODERATOR,
    /// member
    MEMBER,
    /// hidden member
    HIDDEN,
    /// banned from the channel
    BANNED,
    /// of the same app instance, nothing else
    OUTSIDER,
    /// of another app instance
    FOREIGNER,
    /// a bot that is a member
    BOT
}
