/// Tags on any resource.
///
/// Start with [Tags].
@NullMarked
package bellframe.tags;

import org.jspecify.annotations.NullMarked;
