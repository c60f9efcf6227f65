/// Notifications for devices, whichever service brings them there.
///
/// Start with [PushServicesByArn]. The services themselves are in packages of their own, and know this one. Runs on the
/// thread of whoever calls.
@NullMarked
package bellframe.outbound.push;

import org.jspecify.annotations.NullMarked;
