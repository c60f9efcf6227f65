/// Benchmarks of the parts that every message passes, with JMH: `mvn -B verify -pl bench -am -Pjmh -DskipTests`.
///
/// Start with [SendChannelMessageBenchmark], the whole; the others are its parts, and what comes after it. JMH runs each on
/// one thread.
@NullMarked
package bellframe.bench;

import org.jspecify.annotations.NullMarked;
