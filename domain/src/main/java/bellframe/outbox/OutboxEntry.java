package bellframe.outbox;

import bellframe.names.EventPosition;
import java.time.Instant;

/// Something to be handed to a receiver.
///
/// @param number its place in the order of all events, and so among the entries of its lane
/// @param since when it was written
/// @param receiver whom it is for, by the name that operators know: an ARN, a host
/// @param subject what is to be handed over, in terms of the kind's handler
public record OutboxEntry(
        LaneName lane,
        EntryPlace place,
        EventPosition number,
        Instant since,
        String receiver,
        byte[] subject) {

    /// The channel's incarnation.
    public String channel() {
        return lane.channel();
    }
}
