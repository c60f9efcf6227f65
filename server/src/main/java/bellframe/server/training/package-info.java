/// What a server is taken through while its JVM notes what to keep in the cache that later starts begin with.
///
/// Start with [Training], a program that the launcher runs beside that server; the main thread does everything.
@NullMarked
package bellframe.server.training;

import org.jspecify.annotations.NullMarked;
