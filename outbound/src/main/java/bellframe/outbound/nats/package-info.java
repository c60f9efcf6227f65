/// Streams of events that are streams of NATS JetStream.
///
/// Start with [NatsSinks]. Runs on the thread of whoever calls, which waits for the connection's own threads.
@NullMarked
package bellframe.outbound.nats;

import org.jspecify.annotations.NullMarked;
