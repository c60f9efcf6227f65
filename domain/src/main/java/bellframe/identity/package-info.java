/// App instances, their users, bots and admins.
///
/// Start with [AppInstances], [AppInstanceUsers] and [AppInstanceBots]; [Actors] finds users and bots alike, and
/// [Actors#bearer] is how every messaging operation learns who acts. Runs on the thread of the request; what a deleted
/// user leaves is removed by the purging threads.
@NullMarked
package bellframe.identity;

import org.jspecify.annotations.NullMarked;
