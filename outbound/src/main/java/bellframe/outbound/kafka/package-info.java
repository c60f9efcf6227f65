/// Streams of events that are topics of Kafka.
///
/// Start with [KafkaSinks]. Runs on the thread of whoever calls, which waits for the producer's own thread.
@NullMarked
package bellframe.outbound.kafka;

import org.jspecify.annotations.NullMarked;
