package bellframe.server;

import bellframe.refusals.Refused;
import bellframe.server.folder.FolderUnusable;
import bellframe.storage.StorageFailure;
import bellframe.storage.StorageUnavailable;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has tasks done for those who show the token that only readers of the data folder know; one at a time.
final class OperatorRequests {

    private static final Logger log = LoggerFactory.getLogger(OperatorRequests.class);
    private static final int ARGUMENT_MAX_BYTES = 8192;
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;

    /// Something that only the operator may ask for.
    @FunctionalInterface
    interface Task {

        /// Does it and says what was done.
        ///
        /// @throws FolderUnusable if it cannot be done with this argument
        String run(String argument);
    }

    private final byte[] authorization;
    private final ReentrantLock underWay = new ReentrantLock();

    OperatorRequests(String token) {
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    }

    /// Answers a request whose body is the task's argument.
    AdminAnswer answer(HttpExchange exchange, Task task) throws IOException {
        String shown = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
        if (!MessageDigest.isEqual(authorization, shown.getBytes(StandardCharsets.UTF_8))) {
            return AdminAnswer.text(FORBIDDEN, "the token is in running.properties of the data folder");
        }
        byte[] argument = exchange.getRequestBody().readNBytes(ARGUMENT_MAX_BYTES);
        if (!underWay.tryLock()) {
            return AdminAnswer.text(CONFLICT, "another backup or erasure is under way");
        }
        try {
            return run(task, new String(argument, StandardCharsets.UTF_8));
        } finally {
            underWay.unlock();
        }
    }

    private static AdminAnswer run(Task task, String argument) {
        try {
            String done = task.run(argument);
            log.info("{}", done);
            return AdminAnswer.text(OK, done);
        } catch (FolderUnusable | Refused unusable) {
            return AdminAnswer.text(CONFLICT, String.valueOf(unusable.getMessage()));
        } catch (StorageUnavailable busy) {
            return AdminAnswer.text(UNAVAILABLE, String.valueOf(busy.getMessage()));
        } catch (StorageFailure failure) {
            log.error("a task of the operator failed", failure);
            return AdminAnswer.text(FAILED, String.valueOf(failure.getMessage()));
        }
    }
}
