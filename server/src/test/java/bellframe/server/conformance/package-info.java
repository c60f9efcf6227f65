/// The server against the official models: what they bound, the errors they declare and what answers have, tried over the
/// wire.
///
/// Start with [bellframe.server.conformance.ConstraintsIT], for the errors with
/// [bellframe.server.conformance.DeclaredErrors], and for the answers with [bellframe.server.conformance.OutputsIT].
@NullMarked
package bellframe.server.conformance;

import org.jspecify.annotations.NullMarked;
