/// Processors of channel flows that are Lambda functions.
///
/// Start with [LambdaProcessors]. Runs on the thread of whoever calls.
@NullMarked
package bellframe.outbound.lambda;

import org.jspecify.annotations.NullMarked;
