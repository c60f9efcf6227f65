package bellframe.events;

import bellframe.names.EventPosition;

/// Hears of every event, one after another, in commit order per channel. Called on the dispatcher's thread: an
/// implementation must be short, and may block only to slow the senders down.
@FunctionalInterface
public interface ChannelEventListener {

    /// Something happened.
    ///
    /// @param position of the event in the order of all stored events; of one that is stored nowhere that of the last one
    ///        before it
    void happened(EventPosition position, ChannelEvent event);
}
