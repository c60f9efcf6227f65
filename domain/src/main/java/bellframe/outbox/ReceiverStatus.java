package bellframe.outbox;

import java.time.Duration;

/// What is known of a receiver that is at work, or has failed.
///
/// @param underWay how many entries are being handed to it
/// @param parked how many channels wait until it has room
/// @param failures how often it failed in a row
/// @param open whether it is left alone because of that
/// @param left for how long; zero if one attempt is due
/// @param lastReason what it failed with last; empty if it did not
public record ReceiverStatus(
        String name,
        int underWay,
        int parked,
        int failures,
        boolean open,
        Duration left,
        String lastReason) {
}
