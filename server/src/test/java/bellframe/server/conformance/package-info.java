/// The server against the official models: what they bound and the errors they declare, tried over the wire.
///
/// Start with [bellframe.server.conformance.ConstraintsIT] and, for the errors, [bellframe.server.conformance.DeclaredErrors].
@NullMarked
package bellframe.server.conformance;

import org.jspecify.annotations.NullMarked;
