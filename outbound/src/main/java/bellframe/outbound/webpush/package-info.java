/// Web Push, which reaches browsers: a message is encrypted for its browser (RFC 8291), and the push service of the browser's
/// maker knows this server by a key (RFC 8292).
///
/// Start with [WebPushService]. Runs on the thread of whoever calls.
@NullMarked
package bellframe.outbound.webpush;

import org.jspecify.annotations.NullMarked;
