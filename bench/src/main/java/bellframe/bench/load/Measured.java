package bellframe.bench.load;

import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// What came of a load.
///
/// @param byOperation how many nanoseconds the answers of each operation took
/// @param elapsed from the first request to the last answer
public record Measured(Map<String, Histogram> byOperation, Duration elapsed) {

    /// More than any answer may take.
    private static final long NANOS_MAX = Duration.ofMinutes(5).toNanos();
    private static final int DIGITS = 3;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    static Histogram histogram() {
        return new Histogram(NANOS_MAX, DIGITS);
    }

    /// The times of all answers.
    public Histogram all() {
        Histogram all = histogram();
        byOperation.values().forEach(all::add);
        return all;
    }

    /// The times of one operation's answers.
    public Histogram of(String operation) {
        return byOperation.getOrDefault(operation, histogram());
    }

    public double perSecond() {
        return all().getTotalCount() * NANOS_PER_SECOND / elapsed.toNanos();
    }

    /// The time that a share of the answers did not exceed.
    ///
    /// @param percentile from 0 to 100
    public static double millis(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }
}
