package bellframe.bench.scenario;

/// A number that a scenario gives, of which more or less is better.
///
/// @param pattern how it is printed, with its unit
record Figure(String name, String pattern) {

    static Figure rate(String name) {
        return new Figure(name, "%,.0f/s");
    }

    static Figure millis(String name) {
        return new Figure(name, "%.2f ms");
    }

    static Figure micros(String name) {
        return new Figure(name, "%.1f µs");
    }

    String print(double value) {
        return pattern.formatted(value);
    }
}
