package bellframe.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

    private static final Main.Service SERVICE = new Main.Service("Chat", "a.b", "none", Main.Protocol.QUERY, Set.of());
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000);

    @TempDir
    Path root;

    @Test
    void aFileThatHasNotChangedIsLeftAlone() throws IOException {
        Path file = written("Same", "text");
        Files.setLastModifiedTime(file, LONG_AGO);

        new OutputFolder(root).write(SERVICE, "Same", "text");

        assertThat(Files.getLastModifiedTime(file)).isEqualTo(LONG_AGO);
    }

    @Test
    void aFileThatHasChangedIsWrittenAgain() throws IOException {
        Path file = written("Other", "old");

        new OutputFolder(root).write(SERVICE, "Other", "new");

        assertThat(file).hasContent("new");
    }

    @Test
    void whatAnEarlierRunMadeAndThisOneDidNotIsDeleted() throws IOException {
        Path stale = written("Stale", "text");
        var output = new OutputFolder(root);
        output.write(SERVICE, "Current", "text");

        output.deleteStaleFiles();

        assertThat(stale).doesNotExist();
        assertThat(root.resolve("a/b/Current.java")).exists();
    }

    private Path written(String className, String text) throws IOException {
        new OutputFolder(root).write(SERVICE, className, text);
        return root.resolve("a/b/" + className + ".java");
    }
}
