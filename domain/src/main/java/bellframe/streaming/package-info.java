/// Where the events of app instances are streamed to.
///
/// Start with [StreamingConfigurations]. Runs on the thread of the request.
@NullMarked
package bellframe.streaming;

import org.jspecify.annotations.NullMarked;
