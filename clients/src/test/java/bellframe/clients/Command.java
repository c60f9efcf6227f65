package bellframe.clients;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A program with its arguments, and the variables it gets on top of a clean environment.
record Command(Path folder, Map<String, String> variables, List<String> words) {

    /// The root of the source tree.
    static final Path ROOT = Path.of(System.getProperty("bellframe.root", "..")).toAbsolutePath().normalize();

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /// How a program ended and what it said.
    record Result(int status, String out, String err) {
    }

    static Command of(Map<String, String> variables, String... words) {
        return new Command(ROOT, variables, List.of(words));
    }

    /// Runs the program to its end.
    Result run(String input) {
        return run(input, LIMIT);
    }

    /// Runs a program that does much.
    ///
    /// @param limit after which it must have ended
    Result run(String input, Duration limit) {
        try {
            return finish(builder().start(), input, limit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + words.getFirst() + " ran", e);
        }
    }

    private Result finish(Process process, String input, Duration limit)
            throws IOException, InterruptedException {
        var out = CompletableFuture.supplyAsync(() -> text(process.inputReader(StandardCharsets.UTF_8)));
        var err = CompletableFuture.supplyAsync(() -> text(process.errorReader(StandardCharsets.UTF_8)));
        try (var writer = process.outputWriter(StandardCharsets.UTF_8)) {
            writer.append(input);
        }
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError(words.getFirst() + " did not end within " + limit);
        }
        return new Result(process.exitValue(), out.join(), err.join());
    }

    /// The environment of the test run, without what would lead a client elsewhere.
    ProcessBuilder builder() {
        var builder = new ProcessBuilder(words).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet()
                .removeIf(name -> name.startsWith("AWS_") || name.startsWith("BELLFRAME_")
                        || name.startsWith("NODE_"));
        environment.put("AWS_CONFIG_FILE", "/dev/null");
        environment.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("AWS_PAGER", "");
        environment.put("NO_PROXY", "localhost,127.0.0.1,::1");
        environment.putAll(variables);
        return builder;
    }

    private static String text(Reader reader) {
        try (reader) {
            var text = new StringWriter();
            reader.transferTo(text);
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
