package bellframe.server.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes a file so that, whenever the process or the machine stops, it holds either its old or its new text.
final class DurableFile {

    private static final String TEMPORARY_SUFFIX = ".tmp";

    private DurableFile() {
    }

    /// The file is readable by its owner only.
    static void write(Path file, String text) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY_SUFFIX);
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, OwnerOnly.fileAttributes(file));
        try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncEntry(file);
    }

    /// Waits until it is on disk that a file or folder is where it is.
    static void syncEntry(Path fileOrFolder) throws IOException {
        Path parent = fileOrFolder.toAbsolutePath().getParent();
        if (parent != null) {
            sync(parent);
        }
    }

    /// Waits until a file's content, or a folder's entries, are on disk.
    static void sync(Path fileOrFolder) throws IOException {
        try (var channel = FileChannel.open(fileOrFolder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
