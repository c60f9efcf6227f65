/// The whole domain over one store, for tests of its packages.
@NullMarked
package bellframe.testing;

import org.jspecify.annotations.NullMarked;
