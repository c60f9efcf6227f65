/// Calls that may be retried: the same client request token does the same thing once.
///
/// Start with [RequestTokens], which create operations use; sending messages keeps its tokens beside the messages.
@NullMarked
package bellframe.idempotency;

import org.jspecify.annotations.NullMarked;
