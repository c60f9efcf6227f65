package bellframe.server;

import java.nio.file.Files;
import java.nio.file.Path;

/// The folder of the source tree that these tests are part of.
public final class ProjectRoot {

    private ProjectRoot() {
    }

    /// Found from the current directory, which is that of a module.
    public static Path path() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("not in the source tree: " + Path.of("").toAbsolutePath());
            }
            folder = parent;
        }
        return folder;
    }
}
