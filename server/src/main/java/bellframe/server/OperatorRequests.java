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

/// Has tasks done for those who show the token that only readers of the data folder know; those that are exclusive, one at
/// a time.
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
        Done run(String argument);

        /// Whether no other such task may run meanwhile.
        default boolean exclusive() {
            return true;
        }
    }

    /// What a task came to.
    ///
    /// @param answer for whoever asked; it may hold a secret
    /// @param logged for the log
    record Done(String answer, String logged) {

        /// The same for both.
        static Done of(String line) {
            return new Done(line, line);
        }

        @Override
        public String toString() {
            return logged;
        }
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
        String text = new String(argument, StandardCharsets.UTF_8);
        return task.exclusive() ? runAlone(task, text) : run(task, text);
    }

    private AdminAnswer runAlone(Task task, String argument) {
        if (!underWay.tryLock()) {
            return AdminAnswer.text(CONFLICT, "another task of the operator is under way");
        }
        try {
            return run(task, argument);
        } finally {
            underWay.unlock();
        }
    }

    private static AdminAnswer run(Task task, String argument) {
        try {
            Done done = task.run(argument);
            log.info("{}", done.logged());
            return AdminAnswer.text(OK, done.answer());
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
