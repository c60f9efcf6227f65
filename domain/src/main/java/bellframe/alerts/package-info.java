/// What an operator should know of, in the shape of the events that AWS sends to EventBridge.
@NullMarked
package bellframe.alerts;

import org.jspecify.annotations.NullMarked;
