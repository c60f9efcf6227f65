/// The devices of users that push notifications go to.
///
/// Start with [UserEndpoints]. Runs on the thread of the request.
@NullMarked
package bellframe.push;

import org.jspecify.annotations.NullMarked;
