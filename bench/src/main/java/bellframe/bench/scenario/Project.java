package bellframe.bench.scenario;

import java.nio.file.Files;
import java.nio.file.Path;

/// The source tree that the measurements run in.
final class Project {

    private Project() {
    }

    /// The folder that holds `./bellframe`, here or above.
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(folder.resolve("bellframe")) || Files.isDirectory(folder.resolve("bellframe"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("run it in the source tree");
            }
        }
        return folder;
    }
}
