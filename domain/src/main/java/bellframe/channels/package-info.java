/// Channels, who belongs to them and who may do what in them.
///
/// Start with [Channels] and [Memberships]; [Standing] answers what a user may do. Runs on the thread of the request;
/// what follows a commit (caches, events) runs on the thread that commits.
@NullMarked
package bellframe.channels;

import org.jspecify.annotations.NullMarked;
