/// How the domain's records become rows and pages of rows.
///
/// [RowWriter] and [RowReader] are the one codec of everything stored; [Pages] reads lists page by page.
@NullMarked
package bellframe.rows;

import org.jspecify.annotations.NullMarked;
