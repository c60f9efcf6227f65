package bellframe.bench.scenario;

import java.io.PrintStream;
import java.util.List;

/// Prints a comparison as Markdown: medians, what they lie between, and the first subject's ratio to each other.
final class Table {

    private final PrintStream out;

    Table(PrintStream out) {
        this.out = out;
    }

    void print(Comparison comparison) {
        List<Figure> figures = comparison.figures();
        out.printf("%n%s%n%n", comparison.title());
        row("", figures.stream().map(Figure::name).toList());
        row("---", figures.stream().map(_ -> "---").toList());
        comparison.runs().keySet().forEach(subject -> {
            row(subject, figures.stream().map(figure -> cell(figure, comparison.medians(subject, figure))).toList());
            if (!subject.equals(comparison.first())) {
                row("ratio",
                        figures.stream().map(figure -> "%.2f".formatted(comparison.ratio(subject, figure))).toList());
            }
        });
        out.printf("%nMedians of %d runs (least to most). Other processes took %.1f %% of the processors at most.%n",
                comparison.runs().values().iterator().next().size(), 100 * comparison.othersShare());
        if (!comparison.conclusive()) {
            out.printf("INCONCLUSIVE: that is more than %.0f %%.%n", 100 * Machine.OTHERS_MAX);
        }
    }

    private static String cell(Figure figure, Medians found) {
        return figure.print(found.median()) + " (" + figure.print(found.least()) + " to " + figure.print(found.most())
                + ")";
    }

    private void row(String name, List<String> cells) {
        out.printf("| %s | %s |%n", name, String.join(" | ", cells));
    }
}
