@NullMarked
package bellframe.http;

import org.jspecify.annotations.NullMarked;
