/// The client of the measurements: signs, sends and receives at little cost, so that the server's work is what is measured.
///
/// Start with [RequestLoad] and [FanOutLoad]. Everything of one [Client] runs on its one event loop, which measures as well:
/// nothing there is shared between threads.
@NullMarked
package bellframe.bench.load;

import org.jspecify.annotations.NullMarked;
