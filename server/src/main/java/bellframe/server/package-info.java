/// The process: commands, configuration, wiring, lifecycle.
///
/// Start with [Main], then [ServeCommand] for the life of a server and [Wiring] for what it is made of. The main thread
/// starts everything, waits for a signal and stops everything.
@NullMarked
package bellframe.server;

import org.jspecify.annotations.NullMarked;
