package bellframe.outbox;

import bellframe.names.EventPosition;
import java.time.Instant;

/// Something to be handed to a receiver.
///
/// @param channel the channel's incarnation
/// @param bucket the time bucket of the message that it is about, in whose partition the entry lies
/// @param number its place among the entries of its channel
/// @param since when it was written
/// @param receiver whom it is for, by the name that operators know: an ARN, a host
/// @param subject what is to be handed over, in terms of the kind's handler
public record OutboxEntry(
        OutboxKind kind,
        String channel,
        long bucket,
        EventPosition number,
        Instant since,
        String receiver,
        byte[] subject) {
}
