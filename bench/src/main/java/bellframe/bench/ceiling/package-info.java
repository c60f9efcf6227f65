/// What the machine could do at most: servers that read the same requests as Bellframe, with the same libraries, and do only what no
/// chat server can leave out.
///
/// Start with [CeilingServer]. Connections live on Netty's event loops, writes to disk on one thread of their own.
@NullMarked
package bellframe.bench.ceiling;

import org.jspecify.annotations.NullMarked;
