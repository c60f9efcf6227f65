package bellframe.server;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The live objects of a server by class, as the JVM counts them after a garbage collection.
///
/// @param classes by the name of the class
record HeapHistogram(Map<String, Live> classes) {

    private static final Live NONE = new Live(0, 0);

    /// Objects of one class.
    record Live(long instances, long bytes) {
    }

    /// How many more bytes the objects of a class take than before.
    record Growth(String className, long bytes) {
    }

    /// Collects the server's garbage and counts what is left.
    static HeapHistogram of(RunningServer server) {
        var classes = new HashMap<String, Live>();
        server.jcmd("GC.class_histogram")
                .lines()
                .map(line -> line.trim().split("\\s+"))
                .filter(columns -> columns.length > 3 && columns[0].matches("\\d+:"))
                .forEach(columns -> classes.merge(columns[3],
                        new Live(Long.parseLong(columns[1]), Long.parseLong(columns[2])), HeapHistogram::sum));
        return new HeapHistogram(classes);
    }

    long instances(String className) {
        return classes.getOrDefault(className, NONE).instances();
    }

    /// What all objects take.
    long bytes() {
        return classes.values().stream().mapToLong(Live::bytes).sum();
    }

    /// The classes that have grown most, the largest first.
    List<Growth> growthSince(HeapHistogram before, int count) {
        return classes.entrySet()
                .stream()
                .map(live -> new Growth(live.getKey(),
                        live.getValue().bytes() - before.classes.getOrDefault(live.getKey(), NONE).bytes()))
                .sorted(Comparator.comparingLong(Growth::bytes).reversed())
                .limit(count)
                .toList();
    }

    /// Classes of one name may have been loaded by several loaders.
    private static Live sum(Live one, Live other) {
        return new Live(one.instances() + other.instances(), one.bytes() + other.bytes());
    }
}
