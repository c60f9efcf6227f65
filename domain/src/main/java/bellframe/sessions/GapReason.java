package bellframe.sessions;

/// Why somebody is not told what it missed. Clients are told the name.
enum GapReason {
    /// No position, or one ahead of all that was told here: of another server, or from before a backup was restored.
    UNKNOWN_POSITION,
    /// The store does not hold everything since then any more.
    TOO_OLD,
    /// There is more than may be told.
    TOO_MANY
}
