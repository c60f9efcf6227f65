package bellframe.clients;

import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/// Something that a test class needs and a machine may lack. The class is then skipped with a line on standard output,
/// or fails under `-Dclients.required=true`.
final class RequiredTool implements BeforeAllCallback {

    private final BooleanSupplier present;
    private final String remedy;

    private RequiredTool(BooleanSupplier present, String remedy) {
        this.present = present;
        this.remedy = remedy;
    }

    static RequiredTool program(String name, String remedy) {
        return new RequiredTool(() -> isOnPath(name), "`" + name + "` is not on the PATH; " + remedy);
    }

    /// Missing unless the command succeeds.
    static RequiredTool command(List<String> words, String remedy) {
        return new RequiredTool(() -> succeeds(words), "`" + String.join(" ", words) + "` fails; " + remedy);
    }

    static RequiredTool none() {
        return new RequiredTool(() -> true, "");
    }

    static RequiredTool folder(Path folder, String remedy) {
        return new RequiredTool(() -> Files.isDirectory(folder), folder + " does not exist; " + remedy);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        require(context.getDisplayName());
    }

    void require(String test) {
        if (present.getAsBoolean()) {
            return;
        }
        String reason = test + ": " + remedy;
        if (Boolean.getBoolean("clients.required")) {
            fail(reason);
        }
        System.out.println("SKIPPED " + reason);
        throw new TestAbortedException(reason);
    }

    private static boolean succeeds(List<String> words) {
        return isOnPath(words.getFirst()) && new Command(Command.ROOT, Map.of(), words).run("").status() == 0;
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
