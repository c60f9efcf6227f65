/// How things are named: ARNs, ids and positions.
@NullMarked
package bellframe.names;

import org.jspecify.annotations.NullMarked;
