/// Tests of the data folder.
@NullMarked
package bellframe.server.folder;

import org.jspecify.annotations.NullMarked;
