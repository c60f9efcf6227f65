/// The queue in front of an embedded store: many callers, one of them or the queue's own thread commits, groups written as one.
///
/// Start with [CommitQueue]. Callbacks and dependents of futures run on the thread that commits.
@NullMarked
package bellframe.storage.queue;

import org.jspecify.annotations.NullMarked;
