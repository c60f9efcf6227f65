/// Turns the official API models into the sources of module `api`; runs at build time only, on one thread.
///
/// Start with [Main]. [Model] is what is read, one `…Source` class makes each kind of file, [OutputFolder] holds them.
@NullMarked
package bellframe.codegen;

import org.jspecify.annotations.NullMarked;
