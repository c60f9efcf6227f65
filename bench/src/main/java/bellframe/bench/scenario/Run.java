package bellframe.bench.scenario;

import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// One measurement of one subject.
///
/// @param nanos the times to plot, where there are any
/// @param othersShare what other processes took of the processors meanwhile
record Run(Map<Figure, Double> figures, @Nullable Histogram nanos, double othersShare) {

    Run(Map<Figure, Double> figures, double othersShare) {
        this(figures, null, othersShare);
    }

    double figure(Figure figure) {
        Double value = figures.get(figure);
        if (value == null) {
            throw new IllegalArgumentException("not measured: " + figure);
        }
        return value;
    }
}
