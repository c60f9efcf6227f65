package bellframe.changes;

import bellframe.names.EventPosition;

/// What is kept of an event.
///
/// @param what whom or what it was about, written by the package that the kind belongs to
public record Change(EventPosition position, Kind kind, byte[] what) {

    public enum Kind {
        /// A message was edited or redacted.
        MESSAGE_CHANGED,
        /// A message was deleted.
        MESSAGE_DELETED,
        /// A message has come through the channel's flow, or failed there.
        MESSAGE_PROCESSED,
        /// A message was denied by the channel's flow.
        MESSAGE_DENIED,
        /// An edit of a message began to wait for the channel's flow, or failed there.
        EDIT_HELD,
        /// An edit of a message was denied by the channel's flow.
        EDIT_DENIED,
        /// Somebody became a member.
        MEMBER_JOINED,
        /// Somebody is a member no more.
        MEMBER_LEFT,
        /// In the log of a user: it is a member of a channel no more.
        CHANNEL_LEFT,
        /// In the log of a user: a channel of which it was a member is gone.
        CHANNEL_DELETED
    }
}
