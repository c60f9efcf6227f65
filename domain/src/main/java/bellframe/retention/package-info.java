/// What happens by itself: removal of what was deleted, deletion of what has expired, removal of messages kept long enough.
///
/// Start with [PurgeWorker] and [Sweeper]; each has threads of its own. All of it is driven by rows in the store, and
/// goes on after a crash where it was.
@NullMarked
package bellframe.retention;

import org.jspecify.annotations.NullMarked;
