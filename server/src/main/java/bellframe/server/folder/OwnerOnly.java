package bellframe.server.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Permissions that shut out everyone but the owner, on file systems that have permissions.
final class OwnerOnly {

    private static final Logger log = LoggerFactory.getLogger(OwnerOnly.class);

    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private OwnerOnly() {
    }

    /// What a new file at this place is to be created with.
    static FileAttribute<?>[] fileAttributes(Path file) {
        return attributes(file, FILE);
    }

    /// Creates a folder, and those above it, if it does not exist; warns if one that exists is open to others.
    static void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            warnIfOpen(folder);
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectory(folder, attributes(folder, FOLDER));
    }

    /// Takes away what others may do with a file that holds a secret.
    static void tighten(Path file) throws IOException {
        if (hasPermissions(file) && Files.exists(file) && isOpen(file, FILE)) {
            log.warn("{} could be read by others; only its owner may now", file);
            Files.setPosixFilePermissions(file, FILE);
        }
    }

    private static void warnIfOpen(Path folder) throws IOException {
        if (hasPermissions(folder) && isOpen(folder, FOLDER)) {
            log.warn("the folder {} is open to others ({}); `chmod 700` shuts them out", folder,
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        }
    }

    private static boolean isOpen(Path path, Set<PosixFilePermission> allowed) throws IOException {
        var beyond = EnumSet.noneOf(PosixFilePermission.class);
        beyond.addAll(Files.getPosixFilePermissions(path));
        beyond.removeAll(allowed);
        return !beyond.isEmpty();
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return hasPermissions(path)
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean hasPermissions(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
