/// Deletions that take a while: what is gone for everybody, and whose rows are still to be removed.
///
/// Start with [Purges]. Whoever deletes plans the purge, deletes, and begins it; what removes the rows listens, on
/// threads of its own.
@NullMarked
package bellframe.purges;

import org.jspecify.annotations.NullMarked;
