/// Receivers outside, as the domain sees them.
///
/// Start with [Outbound], which puts together what [Receivers] says. Nothing of the AWS SDK or of the HTTP client is loaded
/// before somebody is called.
@NullMarked
package bellframe.outbound;

import org.jspecify.annotations.NullMarked;
