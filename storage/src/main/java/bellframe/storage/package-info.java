/// The store, as the domain sees it: partitions of ordered rows, and batches that are durable when they are done.
///
/// Start with [Storage], then [Table], the catalogue of what is stored. Callers are virtual threads; each
/// implementation says which threads it runs itself.
@NullMarked
package bellframe.storage;

import org.jspecify.annotations.NullMarked;
