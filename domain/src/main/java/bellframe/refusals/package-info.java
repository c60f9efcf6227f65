/// What a caller may be told when the answer is no.
///
/// [Refusal] is the whole table; [Refused] carries one row of it to the wire.
@NullMarked
package bellframe.refusals;

import org.jspecify.annotations.NullMarked;
