/// Clients that stay connected, for those with sockets of their own.
///
/// Start with [Link]. What is made is made on a virtual thread, `link`, while whoever needs it waits.
@NullMarked
package bellframe.outbound.links;

import org.jspecify.annotations.NullMarked;
