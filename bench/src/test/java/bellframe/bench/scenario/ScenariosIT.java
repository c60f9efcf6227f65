package bellframe.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenariosIT {

    @TempDir
    Path folder;

    @Test
    @Tag("long")
    void mixes() throws IOException {
        assertThat(new ShortRun(folder).medians("mixed", "--connections", "4")).hasSize(8)
                .allMatch(figure -> figure > 0);
    }

    @Test
    void listsFromStores() throws IOException {
        assertThat(new ShortRun(folder).medians("list", "--stores", folder.resolve("stores").toString(), "--messages",
                "400,200")).hasSize(2 * 4).allMatch(figure -> figure > 0);
    }

    @Test
    @Tag("long")
    void measuresIdleSessions() throws IOException {
        assertThat(new ShortRun(folder).medians("idle", "--few", "10", "--many", "30", "--quiet", "0")).hasSize(2 * 3);
    }

    @Test
    void measuresTheStart() throws IOException {
        assertThat(new ShortRun(folder).medians("start")).hasSize(3).allMatch(figure -> figure > 0);
    }

    @Test
    @Tag("long")
    void sendsToStores() throws IOException {
        assertThat(new ShortRun(folder).medians("send-stored", "--stores", folder.resolve("stores").toString(),
                "--messages", "400")).hasSize(8).allMatch(figure -> figure > 0);
    }

    @Test
    @Tag("long")
    void fansOutBesideAStuckMember() throws IOException {
        assertThat(new ShortRun(folder).medians("stuck", "--members", "20")).hasSize(2 * 9)
                .allMatch(figure -> figure > 0);
    }

    @Test
    @Tag("long")
    void sendsBesideDeadStreams() throws IOException {
        assertThat(new ShortRun(folder).medians("stream", "--channels", "4", "--rate", "50")).hasSize(4 * 4)
                .allMatch(figure -> figure > 0);
    }

    @Test
    @Tag("long")
    void sendsBesideDeadProcessors() throws IOException {
        assertThat(new ShortRun(folder).medians("flow", "--channels", "4", "--rate", "50")).hasSize(4 * 4)
                .allMatch(figure -> figure > 0);
    }
}
