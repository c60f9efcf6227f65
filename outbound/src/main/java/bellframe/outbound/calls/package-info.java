/// Calls to receivers outside: the one place that decides whom the server may talk to, for how long, and how much it listens.
///
/// Start with [Calls]. Each call runs on a virtual thread of its own, and whoever makes it waits, no longer than
/// [CallLimits] says.
@NullMarked
package bellframe.outbound.calls;

import org.jspecify.annotations.NullMarked;
