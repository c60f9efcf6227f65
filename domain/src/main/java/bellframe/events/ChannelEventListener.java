package bellframe.events;

/// Hears of every event, one after another, in commit order per channel. Called on the dispatcher's thread: an
/// implementation must be short, and may block only to slow the senders down.
@FunctionalInterface
public interface ChannelEventListener {

    void happened(ChannelEvent event);
}
