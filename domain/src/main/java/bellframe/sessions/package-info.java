/// Who is connected here, and how events reach them.
///
/// Start with [Sessions]. The wire side implements [Connection], [Lane] and [FrameEncoder]. Each lane is one thread and
/// owns the index of its own connections, so delivery takes no lock; events enter every lane in commit order.
@NullMarked
package bellframe.sessions;

import org.jspecify.annotations.NullMarked;
