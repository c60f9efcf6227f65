package bellframe.bench.scenario;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// What several runs came to.
record Medians(double median, double least, double most) {

    static <R> Medians of(List<R> runs, ToDoubleFunction<R> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Medians(median, sorted[0], sorted[sorted.length - 1]);
    }
}
