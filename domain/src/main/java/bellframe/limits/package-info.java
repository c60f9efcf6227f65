/// How much is allowed of everything: one enum line per limit.
///
/// Start with [Limit].
@NullMarked
package bellframe.limits;

import org.jspecify.annotations.NullMarked;
