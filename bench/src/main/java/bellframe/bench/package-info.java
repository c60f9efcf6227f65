/// Benchmarks of the parts that every request passes, with JMH: `mvn -B verify -pl bench -am -Pjmh -DskipTests`.
@NullMarked
package bellframe.bench;

import org.jspecify.annotations.NullMarked;
