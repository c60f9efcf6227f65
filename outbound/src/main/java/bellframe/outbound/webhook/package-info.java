/// Receivers that are plain addresses: what they get is signed as the Standard Webhooks specification says.
///
/// Start with [Webhooks]. Runs on the thread of whoever calls.
@NullMarked
package bellframe.outbound.webhook;

import org.jspecify.annotations.NullMarked;
