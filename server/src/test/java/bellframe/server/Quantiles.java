package bellframe.server;

import java.util.Arrays;

/// Durations in nanoseconds, to be asked for the one that a share of them does not exceed.
final class Quantiles {

    private static final double NANOS_PER_MILLI = 1_000_000;

    private final long[] sorted;

    Quantiles(long[] nanos) {
        sorted = nanos.clone();
        Arrays.sort(sorted);
    }

    double medianMillis() {
        return millis(0.5);
    }

    double millis(double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / NANOS_PER_MILLI;
    }

    double sumSeconds() {
        return Arrays.stream(sorted).sum() / NANOS_PER_MILLI / 1_000;
    }
}
