/// Channel flows: what the messages of channels are to be run through.
///
/// Start with [ChannelFlows]. Runs on the thread of the request.
@NullMarked
package bellframe.flows;

import org.jspecify.annotations.NullMarked;
