package bellframe.retention;

import bellframe.purges.Purge;

/// Removes the rows of what was deleted. Doing it twice, or a part of it again, does no harm.
public interface Purger {

    /// Whether the thing is gone for everybody.
    boolean isGone(Purge purge);

    /// Removes everything it had, and then itself.
    void purge(Purge purge);
}
