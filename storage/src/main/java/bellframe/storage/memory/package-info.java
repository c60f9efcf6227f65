/// A store that forgets everything when it is closed; for tests.
///
/// Start with [MemoryStorage].
@NullMarked
package bellframe.storage.memory;

import org.jspecify.annotations.NullMarked;
