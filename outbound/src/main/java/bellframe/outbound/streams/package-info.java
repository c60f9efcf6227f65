/// Streams of events, each at a sink of the operator's choice.
///
/// Start with [StreamSinksByArn]. Runs on the thread of whoever calls.
@NullMarked
package bellframe.outbound.streams;

import org.jspecify.annotations.NullMarked;
