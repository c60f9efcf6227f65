package bellframe.changes;

import bellframe.names.EventPosition;

/// A part of the order of events that somebody missed.
///
/// @param after the last event before it
/// @param upTo the last event in it
public record Gap(EventPosition after, EventPosition upTo) {

    public boolean isEmpty() {
        return after.equals(upTo);
    }

    public boolean contains(EventPosition position) {
        return position.isAfter(after) && !position.isAfter(upTo);
    }

    /// The part that begins with an event of it.
    public Gap from(EventPosition first) {
        return new Gap(first.plus(-1), upTo);
    }
}
