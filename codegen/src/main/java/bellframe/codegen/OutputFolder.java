package bellframe.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The folder of generated sources. A file whose text has not changed is left alone, so that it is not compiled again.
final class OutputFolder {

    private final Path root;
    private final Set<Path> current = new HashSet<>();

    OutputFolder(Path root) {
        this.root = root;
    }

    void write(Main.Service service, String className, String text) throws IOException {
        Path file = root.resolve(service.packageName().replace('.', '/')).resolve(className + ".java");
        current.add(file);
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
    }

    /// Removes what an earlier run made and this one did not.
    void deleteStaleFiles() throws IOException {
        for (Path file : sources()) {
            if (!current.contains(file)) {
                Files.delete(file);
            }
        }
    }

    private List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
