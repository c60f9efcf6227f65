package bellframe.server.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/// A folder that is filled under another name beside it and takes its place when it is whole, or not at all.
final class NewFolder implements AutoCloseable {

    private static final String PARTIAL_SUFFIX = ".partial";

    private final Path target;
    private final Path partial;
    private boolean done;

    private NewFolder(Path target, Path partial) {
        this.target = target;
        this.partial = partial;
    }

    /// Begins a folder.
    ///
    /// @param target what it will be; it must not exist, or be an empty folder
    /// @throws FolderUnusable if there is something already
    static NewFolder begin(Path target) throws IOException {
        Path whole = target.toAbsolutePath().normalize();
        if (Files.exists(whole) && !isEmptyFolder(whole)) {
            throw new FolderUnusable(whole + " exists and is not empty; name a folder that does not exist", null);
        }
        Path partial = whole.resolveSibling(whole.getFileName() + PARTIAL_SUFFIX);
        if (Files.exists(partial)) {
            throw new FolderUnusable(partial + " exists; if nothing is being written there, it was left unfinished and"
                    + " can be deleted", null);
        }
        OwnerOnly.createFolder(partial);
        return new NewFolder(whole, partial);
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    /// Where to put what it is to hold.
    Path path() {
        return partial;
    }

    /// Copies a file, or a folder with the files in it.
    void copy(Path source, String name) throws IOException {
        Path copy = partial.resolve(name);
        if (!Files.isDirectory(source)) {
            copyFile(source, copy);
            return;
        }
        OwnerOnly.createFolder(copy);
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                copyFile(file, copy.resolve(file.getFileName()));
            }
        }
        DurableFile.sync(copy);
    }

    private static void copyFile(Path source, Path copy) throws IOException {
        Files.createFile(copy, OwnerOnly.fileAttributes(copy));
        try (var out = Files.newOutputStream(copy)) {
            Files.copy(source, out);
        }
        DurableFile.sync(copy);
    }

    /// Puts the folder in its place; it is on disk when this returns.
    void finish() throws IOException {
        DurableFile.sync(partial);
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        done = true;
        DurableFile.syncEntry(target);
    }

    /// Removes what there is of a folder that was not finished.
    @Override
    public void close() throws IOException {
        if (done) {
            return;
        }
        try (Stream<Path> tree = Files.walk(partial)) {
            tree.sorted(Comparator.reverseOrder()).forEach(NewFolder::delete);
        } catch (UncheckedIOException problem) {
            throw problem.getCause();
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
