package bellframe.server.folder;

import bellframe.server.config.PropertiesText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Copies of data folders: whole, or not there at all.
///
/// A backup is a data folder without what belongs to a running server, and with a file that says when it was made, which is
/// written last. It holds the root key, the master key unless that is configured, and the certificates' keys, so it is
/// open to its owner only.
///
/// @param made when it was asked for
/// @param version of the server that made it
public record Backup(Instant made, String version) {

    private static final String ABOUT = "backup.properties";
    private static final String MADE = "made";
    private static final String VERSION = "version";

    /// Makes one.
    ///
    /// @param target the folder to make; it must not exist
    /// @param copyStore copies the store, as it is at one moment, to a folder it makes
    /// @throws FolderUnusable if the target exists, or cannot be written
    public static void make(DataFolder source, Path target, Consumer<Path> copyStore, Instant now, String version) {
        try (var backup = NewFolder.begin(target)) {
            for (Path part : parts(source)) {
                if (Files.exists(part)) {
                    backup.copy(part, part.getFileName().toString());
                }
            }
            copyStore.accept(DataFolder.at(backup.path()).store());
            DurableFile.write(backup.path().resolve(ABOUT),
                    PropertiesText.entry(MADE, now.toString()) + PropertiesText.entry(VERSION, version));
            backup.finish();
        } catch (IOException problem) {
            throw new FolderUnusable("the backup " + target + " cannot be written: " + problem, problem);
        }
    }

    /// Makes a data folder of a backup, which stays as it is.
    ///
    /// @param target must not exist, or be empty
    /// @param check looks at the new data folder before it takes its place, and throws if it is of no use
    /// @throws FolderUnusable if the backup is none, or the target holds something, or cannot be written
    public static Backup restore(Path backup, DataFolder target, Consumer<DataFolder> check) {
        var source = DataFolder.at(backup);
        Backup about = read(source);
        try (var restored = NewFolder.begin(target.path())) {
            for (Path part : parts(source)) {
                if (Files.exists(part)) {
                    restored.copy(part, part.getFileName().toString());
                }
            }
            restored.copy(source.store(), source.store().getFileName().toString());
            check.accept(DataFolder.at(restored.path()));
            restored.finish();
            return about;
        } catch (IOException problem) {
            throw new FolderUnusable("the data folder " + target + " cannot be written: " + problem, problem);
        }
    }

    /// What of a data folder is copied file by file, while a server may use it.
    private static List<Path> parts(DataFolder folder) {
        return List.of(folder.installation(), folder.rootKey(), folder.masterKey(), folder.nextMasterKey(),
                folder.settings(), folder.tls());
    }

    private static Backup read(DataFolder backup) {
        Path about = backup.path().resolve(ABOUT);
        if (!Files.exists(about)) {
            throw new FolderUnusable(backup + " is no backup: it has no " + ABOUT, null);
        }
        try {
            Map<String, String> entries = PropertiesText.read(about);
            return new Backup(Instant.parse(entries.getOrDefault(MADE, "")), entries.getOrDefault(VERSION, ""));
        } catch (IOException | DateTimeException problem) {
            throw new FolderUnusable(about + " cannot be read: " + problem, problem);
        }
    }
}
