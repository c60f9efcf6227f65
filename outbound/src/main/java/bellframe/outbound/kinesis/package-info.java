/// Streams of events that are streams of Kinesis.
///
/// Start with [KinesisSinks]. Whoever puts a record waits; each call to Kinesis has a virtual thread of its own,
/// `kinesis-N`, and takes records of many.
@NullMarked
package bellframe.outbound.kinesis;

import org.jspecify.annotations.NullMarked;
