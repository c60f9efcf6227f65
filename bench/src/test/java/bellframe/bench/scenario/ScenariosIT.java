package bellframe.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One short look at each scenario: no figure of use, but they run, on the real server and the ceilings.
class ScenariosIT {

    private static final Pattern MEDIAN = Pattern.compile("\"median\" : ([-0-9.E]+)");

    @TempDir
    Path folder;

    @Test
    void sendsBesideTheCeilings() throws IOException {
        assertThat(figures("send", "--ceilings", "--connections", "4", "--channels", "8")).hasSize(3 * 8)
                .allMatch(figure -> figure > 0);
        assertThat(folder.resolve("plot.svg")).content().startsWith("<?xml");
    }

    @Test
    void fansOutBesideTheCeilingsOverTls() throws IOException {
        assertThat(figures("fanout", "--ceilings", "--members", "20", "--tls")).hasSize(3 * 9)
                .allMatch(figure -> figure > 0);
    }

    @Test
    void mixes() throws IOException {
        assertThat(figures("mixed", "--connections", "4")).hasSize(8).allMatch(figure -> figure > 0);
    }

    @Test
    void listsAndSendsToStores() throws IOException {
        String stores = folder.resolve("stores").toString();
        assertThat(figures("list", "--stores", stores, "--messages", "400,200")).hasSize(2 * 4)
                .allMatch(figure -> figure > 0);
        assertThat(figures("send-stored", "--stores", stores, "--messages", "400")).hasSize(8)
                .allMatch(figure -> figure > 0);
    }

    @Test
    void measuresIdleSessions() throws IOException {
        List<Double> figures = figures("idle", "--few", "10", "--many", "30", "--quiet", "0");
        assertThat(figures).hasSize(2 * 3);
    }

    @Test
    void measuresTheStart() throws IOException {
        assertThat(figures("start")).hasSize(3).allMatch(figure -> figure > 0);
    }

    /// The medians of a short run.
    private List<Double> figures(String command, String... options) throws IOException {
        var args = new ArrayList<>(List.of(command, "--runs", "1", "--seconds", "0.3", "--json",
                folder.resolve("figures.json").toString()));
        if (command.equals("send")) {
            args.addAll(List.of("--plot", folder.resolve("plot.svg").toString()));
        }
        args.addAll(List.of(options));
        // The machine is busy with other tests.
        assertThat(Main.execute(args.toArray(String[]::new))).isIn(0, Main.INCONCLUSIVE);
        return MEDIAN.matcher(Files.readString(folder.resolve("figures.json")))
                .results()
                .map(median -> Double.parseDouble(median.group(1)))
                .toList();
    }
}
