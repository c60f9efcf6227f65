package bellframe.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// One short look at a scenario: no figure of use, but it runs, on the real server.
record ShortRun(Path folder) {

    private static final Pattern MEDIAN = Pattern.compile("\"median\" : ([-0-9.E]+)");

    /// The median of each figure of each subject.
    List<Double> medians(String scenario, String... options) throws IOException {
        Path json = folder.resolve("figures.json");
        var args = new ArrayList<>(List.of(scenario, "--runs", "1", "--seconds", "0.3", "--json", json.toString()));
        args.addAll(List.of(options));
        // The machine is busy with other tests.
        assertThat(Main.execute(args.toArray(String[]::new))).isIn(0, Main.INCONCLUSIVE);
        return MEDIAN.matcher(Files.readString(json))
                .results()
                .map(median -> Double.parseDouble(median.group(1)))
                .toList();
    }
}
