package bellframe.bench.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Draws the times of a comparison by percentile, over all runs of each subject.
final class Plot {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 500;
    private static final int TICKS_PER_HALF_DISTANCE = 5;
    private static final double NANOS_PER_MILLI = 1e6;

    private Plot() {
    }

    /// @param file ends with `.svg` or `.png`
    static void write(Comparison comparison, Path file) throws IOException {
        XYChart chart = new XYChartBuilder().width(WIDTH)
                .height(HEIGHT)
                .title(comparison.title())
                .xAxisTitle("one in so many is slower")
                .yAxisTitle("ms " + comparison.times())
                .build();
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        comparison.runs().forEach((subject, runs) -> addSeries(chart, subject, runs));
        if (file.toString().endsWith(".svg")) {
            VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(),
                    VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
        } else {
            BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
        }
    }

    private static void addSeries(XYChart chart, String subject, List<Run> runs) {
        List<Histogram> times = runs.stream().map(Run::nanos).filter(Objects::nonNull).toList();
        if (times.isEmpty()) {
            throw new IllegalArgumentException("this scenario has no times to plot");
        }
        // Of the same range, and empty.
        var all = new Histogram(times.getFirst());
        times.forEach(all::add);
        var oneIn = new ArrayList<Double>();
        var millis = new ArrayList<Double>();
        for (HistogramIterationValue value : all.percentiles(TICKS_PER_HALF_DISTANCE)) {
            double rest = 1 - value.getPercentile() / 100;
            oneIn.add(rest > 0 ? 1 / rest : all.getTotalCount());
            millis.add(value.getValueIteratedTo() / NANOS_PER_MILLI);
        }
        chart.addSeries(subject, oneIn, millis).setMarker(SeriesMarkers.NONE);
    }
}
