/// Apple's push notification service.
///
/// Start with [ApnsService]. Whoever calls waits for the answer; the sockets are Netty's, on one thread for each app and
/// environment, which begins with the first notification.
@NullMarked
package bellframe.outbound.apns;

import org.jspecify.annotations.NullMarked;
