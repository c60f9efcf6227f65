package bellframe.bench.scenario;

import bellframe.bench.ceiling.Ceiling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder on the disk that is measured, and the servers that use it; both go when it is closed.
final class Laboratory implements AutoCloseable {

    private final Path folder;
    private final Deque<Subject> subjects = new ArrayDeque<>();
    private @Nullable Path data;

    Laboratory() {
        try {
            folder = Files.createTempDirectory(Files.createDirectories(Project.root().resolve("bench/target")), "lab");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    Path folder() {
        return folder;
    }

    /// Bellframe with a new data folder of that name.
    Bellframe bellframe(String name) {
        data = folder.resolve(name);
        var bellframe = Bellframe.start(data, folder.resolve(name + ".log"));
        subjects.push(bellframe);
        return bellframe;
    }

    /// Bellframe whose channels have a flow, with a new data folder of that name.
    ///
    /// @param lambda where its processor is
    Subject flowing(String name, URI lambda) {
        var flowing = new FlowingBellframe(Bellframe.start(folder.resolve(name), folder.resolve(name + ".log"),
                FlowingBellframe.settings(lambda)));
        subjects.push(flowing);
        return flowing;
    }

    /// Bellframe that streams all messages, with a new data folder of that name.
    ///
    /// @param webhook what the stream is
    Subject streaming(String name, URI webhook) {
        var streaming = new StreamingBellframe(Bellframe.start(folder.resolve(name), folder.resolve(name + ".log"),
                StreamingBellframe.settings(webhook)));
        subjects.push(streaming);
        return streaming;
    }

    /// Bellframe with so many messages in its store.
    ///
    /// @param stores the folder that holds the stores, which stay
    Subject store(Path stores, long messages) {
        Subject stocked = new Store(stores, messages).open(folder.resolve(messages + ".log"), System.err);
        subjects.push(stocked);
        return stocked;
    }

    /// A ceiling, with the certificate that Bellframe has.
    CeilingProcess ceiling(Ceiling ceiling) {
        if (data == null) {
            throw new IllegalStateException("Bellframe comes first");
        }
        try {
            Path own = Files.createDirectory(folder.resolve(ceiling.name()));
            var process = CeilingProcess.start(ceiling, own, Bellframe.certificate(data),
                    folder.resolve(ceiling.name() + ".log"));
            subjects.push(process);
            return process;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public void close() {
        subjects.forEach(Subject::close);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
