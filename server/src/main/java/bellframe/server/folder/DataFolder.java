package bellframe.server.folder;

import bellframe.server.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Path;

/// The folder in which a server keeps everything; names each file in it.
public final class DataFolder {

    private final Path path;

    private DataFolder(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /// A folder that may or may not exist.
    public static DataFolder at(Path path) {
        return new DataFolder(path);
    }

    /// A folder that exists when this returns; a new one is open to its owner only.
    ///
    /// @throws FolderUnusable if it cannot be created
    public static DataFolder create(Path path) {
        var folder = new DataFolder(path);
        try {
            OwnerOnly.createFolder(folder.path);
        } catch (IOException problem) {
            throw new FolderUnusable("the data folder " + folder + " cannot be created: " + problem, problem);
        }
        return folder;
    }

    /// Takes the folder for this process until the lock is closed.
    ///
    /// @throws FolderLocked if another process has it
    public FolderLock lock() {
        return FolderLock.take(path.resolve("server.lock"));
    }

    /// The folder itself.
    public Path path() {
        return path;
    }

    /// Where the store keeps its files.
    public Path store() {
        return path.resolve("store");
    }

    Path installation() {
        return path.resolve("installation.properties");
    }

    Path rootKey() {
        return path.resolve("root-key.properties");
    }

    Path masterKey() {
        return path.resolve("master-key");
    }

    /// The master key that is to take the place of the present one.
    Path nextMasterKey() {
        return path.resolve("master-key.next");
    }

    /// Where the audit log goes; it exists when this returns.
    ///
    /// @throws FolderUnusable if it cannot be created
    public Path createAudit() {
        Path audit = path.resolve("audit");
        try {
            OwnerOnly.createFolder(audit);
        } catch (IOException problem) {
            throw new FolderUnusable(audit + " cannot be created: " + problem, problem);
        }
        return audit;
    }

    Path running() {
        return path.resolve("running.properties");
    }

    /// The settings that belong to the folder; it need not exist.
    Path settings() {
        return path.resolve(ConfigReader.FILE_IN_DATA_FOLDER);
    }

    Path tls() {
        return path.resolve("tls");
    }

    /// The certificate that clients must trust to use TLS.
    public Path authorityCertificate() {
        return tls().resolve("ca.pem");
    }

    Path authorityKey() {
        return tls().resolve("ca-key.pem");
    }

    Path serverCertificate() {
        return tls().resolve("server.pem");
    }

    Path serverKey() {
        return tls().resolve("server-key.pem");
    }

    /// The absolute path.
    @Override
    public String toString() {
        return path.toString();
    }
}
