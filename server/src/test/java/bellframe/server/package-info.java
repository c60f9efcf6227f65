/// Tests of the process, the rules between packages, and [RunningServer], which starts the real server.
@NullMarked
package bellframe.server;

import org.jspecify.annotations.NullMarked;
