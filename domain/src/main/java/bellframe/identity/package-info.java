/// App instances, their users and their admins.
///
/// Start with [AppInstances] and [AppInstanceUsers]; [AppInstanceUsers#bearer] is how every messaging operation learns
/// who acts. Runs on the thread of the request.
@NullMarked
package bellframe.identity;

import org.jspecify.annotations.NullMarked;
