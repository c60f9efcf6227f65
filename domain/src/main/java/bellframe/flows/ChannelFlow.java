package bellframe.flows;

import bellframe.names.ChannelFlowArn;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import java.time.Instant;
import java.util.Comparator;
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

        public static void write(RowWriter row, Processor processor) {
            row.text(processor.name).text(processor.lambdaArn).number(processor.order).name(processor.fallback);
        }

        public static Processor read(RowReader row) {
            return new Processor(row.text(), row.text(), Math.toIntExact(row.number()), row.name(Fallback.class));
        }
    }

    public enum Fallback {
        CONTINUE,
        ABORT
    }

    /// The processors in the order in which they run.
    public List<Processor> inOrder() {
        return processors.stream().sorted(Comparator.comparingInt(Processor::order)).toList();
    }

    ChannelFlow changed(String newName, List<Processor> newProcessors, Instant when) {
        return new ChannelFlow(arn, newName, newProcessors, created, when);
    }
}
