/// Alerts on their way out: to the log, to EventBridge, to a webhook.
///
/// Start with [AlertDelivery]. Whoever raises an alert does not wait; one virtual thread, `alerts`, delivers.
@NullMarked
package bellframe.outbound.alerts;

import org.jspecify.annotations.NullMarked;
