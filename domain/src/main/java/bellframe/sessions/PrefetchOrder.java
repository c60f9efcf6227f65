package bellframe.sessions;

/// Which channels a client hears of first when it has more than are prefetched.
public enum PrefetchOrder {
    /// Those with messages that the user has not read, then the others, each by their newest message.
    UNREAD,
    /// Those with the newest message.
    LAST_MESSAGE_TIMESTAMP
}
