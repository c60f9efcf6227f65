package bellframe.server;

import bellframe.server.folder.FolderUnusable;
import bellframe.storage.StorageFailure;
import bellframe.storage.StorageUnavailable;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has backups made for those who show the token that only readers of the data folder know; one at a time.
final class BackupRequests {

    private static final Logger log = LoggerFactory.getLogger(BackupRequests.class);
    private static final int PATH_MAX_BYTES = 8192;
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;

    private final byte[] authorization;
    private final Consumer<Path> backup;
    private final ReentrantLock underWay = new ReentrantLock();

    /// @param backup makes a backup in a folder
    BackupRequests(String token, Consumer<Path> backup) {
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.backup = backup;
    }

    /// Answers a request whose body is the absolute path of the folder to make.
    AdminAnswer answer(HttpExchange exchange) throws IOException {
        String shown = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
        if (!MessageDigest.isEqual(authorization, shown.getBytes(StandardCharsets.UTF_8))) {
            return AdminAnswer.text(FORBIDDEN, "the token is in running.properties of the data folder");
        }
        byte[] path = exchange.getRequestBody().readNBytes(PATH_MAX_BYTES);
        if (!underWay.tryLock()) {
            return AdminAnswer.text(CONFLICT, "another backup is under way");
        }
        try {
            return make(new String(path, StandardCharsets.UTF_8));
        } finally {
            underWay.unlock();
        }
    }

    private AdminAnswer make(String path) {
        try {
            Path target = Path.of(path);
            if (!target.isAbsolute()) {
                return AdminAnswer.text(CONFLICT, "the folder must be named by its absolute path");
            }
            backup.accept(target);
            log.info("made a backup in {}", target);
            return AdminAnswer.text(OK, "made");
        } catch (InvalidPathException | FolderUnusable unusable) {
            return AdminAnswer.text(CONFLICT, String.valueOf(unusable.getMessage()));
        } catch (StorageUnavailable busy) {
            return AdminAnswer.text(UNAVAILABLE, String.valueOf(busy.getMessage()));
        } catch (StorageFailure failure) {
            log.error("a backup failed", failure);
            return AdminAnswer.text(FAILED, String.valueOf(failure.getMessage()));
        }
    }
}
