package bellframe.clients;

import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
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

    static RequiredTool folder(Path folder, String remedy) {
        return new RequiredTool(() -> Files.isDirectory(folder), folder + " does not exist; " + remedy);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (present.getAsBoolean()) {
            return;
        }
        String reason = context.getDisplayName() + ": " + remedy;
        if (Boolean.getBoolean("clients.required")) {
            fail(reason);
        }
        System.out.println("SKIPPED " + reason);
        throw new TestAbortedException(reason);
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return List.of(path.split(":")).stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
