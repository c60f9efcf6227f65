/// What is to be handed to receivers outside: kept in the store until they have it, in order per channel, at least once.
///
/// Start with [DeliveryFailed], which is what a receiver's adapter says when it could not.
@NullMarked
package bellframe.outbox;

import org.jspecify.annotations.NullMarked;
