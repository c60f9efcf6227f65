/// Tests of the configuration.
@NullMarked
package bellframe.server.config;

import org.jspecify.annotations.NullMarked;
