package bellframe.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CeilingsIT {

    @TempDir
    Path folder;

    @Test
    void sendsBesideTheCeilings() throws IOException {
        Path plot = folder.resolve("plot.svg");

        assertThat(new ShortRun(folder).medians("send", "--ceilings", "--connections", "4", "--channels", "8", "--plot",
                plot.toString())).hasSize(3 * 8).allMatch(figure -> figure > 0);
        assertThat(plot).content().contains("<svg");
    }

    @Test
    void fansOutBesideTheCeilingsOverTls() throws IOException {
        assertThat(new ShortRun(folder).medians("fanout", "--ceilings", "--members", "20", "--tls")).hasSize(3 * 9)
                .allMatch(figure -> figure > 0);
    }
}
