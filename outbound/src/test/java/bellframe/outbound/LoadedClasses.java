package bellframe.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What a JVM loads.
public final class LoadedClasses {

    private LoadedClasses() {
    }

    /// Runs a class with a `main` method in a process of its own.
    ///
    /// @param folder for the log
    /// @return the lines that the JVM writes of loaded classes
    public static List<String> by(Class<?> main, Path folder) throws IOException, InterruptedException {
        Path log = folder.resolve("classes.txt");
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load=info:file=" + log,
                "-cp", System.getProperty("java.class.path"), main.getName()).inheritIO().start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readAllLines(log);
    }
}
