/// What is measured, and against what: one class for each scenario.
///
/// Start with [Main], the commands. Scenarios run on the main thread; what they start are processes.
@NullMarked
package bellframe.bench.scenario;

import org.jspecify.annotations.NullMarked;
