/// The queue in front of an embedded store: many callers, one committing thread, groups written as one.
///
/// Start with [CommitQueue]. It owns the only thread that writes; callbacks and dependents of futures run on it.
@NullMarked
package bellframe.storage.queue;

import org.jspecify.annotations.NullMarked;
