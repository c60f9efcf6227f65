/// What is to be handed to receivers outside: kept in the store until they have it, at least once, and in order per channel.
///
/// Start with [Outbox]. An [OutboxEntry] is a row written in the batch of what it is about; a *lane* is the entries of one
/// kind for one channel, handed over one after the other on virtual threads; a [Receiver] is who they are handed to.
@NullMarked
package bellframe.outbox;

import org.jspecify.annotations.NullMarked;
