/// The order of all events, and what is kept of them for those who were not connected when they were told.
///
/// Start with [EventOrder], which gives every event that is stored its position. Sent messages carry their position
/// themselves; of everything else [ChangeLog] keeps a row, until it is too old. [Missed] events are made of both.
@NullMarked
package bellframe.changes;

import org.jspecify.annotations.NullMarked;
