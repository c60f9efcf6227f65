package bellframe.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Netty's detector, which besides loses a buffer whenever a test wants it to: only a detector that has reported that
/// buffer can be believed when it reports no other.
///
/// Runs inside the server, which loads it by its name.
public final class LosingLeakDetector<T> extends ResourceLeakDetector<T> {

    /// The system property that names the file. Where it appears, a buffer is lost under the name that it holds.
    static final String FILE = "bellframe.lose";

    private static final Path WANTED = Path.of(System.getProperty(FILE, ""));

    public LosingLeakDetector(Class<?> type, int interval) {
        super(type, interval);
    }

    public LosingLeakDetector(Class<?> type, int interval, long maxActive) {
        this(type, interval);
    }

    @Override
    public ResourceLeakTracker<T> track(T resource) {
        loseIfWanted();
        return super.track(resource);
    }

    private static synchronized void loseIfWanted() {
        if (Files.isRegularFile(WANTED)) {
            try {
                String name = Files.readString(WANTED);
                Files.delete(WANTED);
                lose(name);
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
    }

    private static void lose(String name) {
        ByteBuf lost = ByteBufAllocator.DEFAULT.directBuffer(1);
        lost.touch(name);
    }
}
