/// The heart: messages are checked, given a position, made durable once, read back and changed.
///
/// Start with [Messages]. Runs on the thread of the request; what follows a commit runs on the store's committing
/// thread.
@NullMarked
package bellframe.messages;

import org.jspecify.annotations.NullMarked;
