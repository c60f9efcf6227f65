/// How things are named: ARNs, ids and page tokens.
@NullMarked
package bellframe.names;

import org.jspecify.annotations.NullMarked;
