package bellframe.flows;

import bellframe.names.ChannelFlowArn;
import java.time.Instant;
import java.util.List;

/// A named list of processors.
///
/// @param processors at least one, in the order they were given
public record ChannelFlow(
        ChannelFlowArn arn,
        String name,
        List<Processor> processors,
        Instant created,
        Instant updated) {

    /// Something outside that looks at messages before they are delivered.
    ///
    /// @param order the processors of a flow run in ascending order
    /// @param fallback what becomes of a message if the processor cannot be reached
    public record Processor(String name, String lambdaArn, int order, Fallback fallback) {
    }

    public enum Fallback {
        CONTINUE,
        ABORT
    }

    ChannelFlow changed(String newName, List<Processor> newProcessors, Instant when) {
        return new ChannelFlow(arn, newName, newProcessors, created, when);
    }
}
