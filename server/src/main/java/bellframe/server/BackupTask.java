package bellframe.server;

import bellframe.server.folder.FolderUnusable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Makes a backup in the folder that is named by its absolute path.
///
/// @param backup makes a backup in a folder
record BackupTask(Consumer<Path> backup) implements OperatorRequests.Task {

    @Override
    public OperatorRequests.Done run(String path) {
        Path target = target(path);
        if (!target.isAbsolute()) {
            throw new FolderUnusable("the folder must be named by its absolute path", null);
        }
        backup.accept(target);
        return OperatorRequests.Done.of("made a backup in " + target);
    }

    private static Path target(String path) {
        try {
            return Path.of(path);
        } catch (InvalidPathException unusable) {
            throw new FolderUnusable(String.valueOf(unusable.getMessage()), unusable);
        }
    }
}
