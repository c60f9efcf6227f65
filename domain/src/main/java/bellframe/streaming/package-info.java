/// The events of app instances on their way to streams outside.
///
/// Start with [EventStreams], which puts events into the outbox and hands them to [StreamSinks]; where they go says
/// [StreamingConfigurations].
@NullMarked
package bellframe.streaming;

import org.jspecify.annotations.NullMarked;
