package bellframe.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/// A file system of its own that is so small that a test can fill it; needs Linux and the right to mount.
public final class SmallDisk implements AutoCloseable {

    private static final int MOUNT_LIMIT_SECONDS = 20;
    private static final int BALLAST_STEP_BYTES = 4096;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /// Mounts it on a folder that exists; where that is not allowed, the test is skipped with a line that says so.
    public static SmallDisk mount(Path folder, int mebibytes) {
        if (!run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString())) {
            System.out.println("SKIPPED a test with a full disk: it needs the right to mount a file system");
            throw new TestAbortedException("no right to mount a file system");
        }
        return new SmallDisk(folder);
    }

    public Path folder() {
        return folder;
    }

    /// Leaves no more than so much room.
    public void fill(long leftBytes) {
        Path ballast = ballast();
        try (var out = Files.newOutputStream(ballast)) {
            byte[] step = new byte[BALLAST_STEP_BYTES];
            while (Files.getFileStore(folder).getUsableSpace() >= leftBytes + BALLAST_STEP_BYTES) {
                out.write(step);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// Takes away what [#fill] put there.
    public void makeRoom() {
        try {
            Files.deleteIfExists(ballast());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Path ballast() {
        return folder.resolve("ballast");
    }

    @Override
    public void close() {
        if (!run("umount", "-l", folder.toString())) {
            throw new IllegalStateException(folder + " could not be unmounted");
        }
    }

    private static boolean run(String... command) {
        @Nullable
        Process process = null;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(MOUNT_LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }
}
