@NullMarked
package bellframe.websocket;

import org.jspecify.annotations.NullMarked;
