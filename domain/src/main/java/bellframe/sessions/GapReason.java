package bellframe.sessions;

/// Why somebody is not told what it missed. Clients are told the name.
enum GapReason {
    /// This server has given out no such position, or lost what came up to it when it was restored.
    UNKNOWN_POSITION,
    /// The store does not hold everything since then any more.
    TOO_OLD,
    /// There is more than may be told.
    TOO_MANY
}
