/// How much is allowed of everything, and how often: one enum line per limit, and one per rate.
///
/// Start with [Limit] and [Rate]. Runs on the threads of requests.
@NullMarked
package bellframe.limits;

import org.jspecify.annotations.NullMarked;
