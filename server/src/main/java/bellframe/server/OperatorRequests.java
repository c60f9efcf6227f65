package bellframe.server;

import bellframe.credentials.Origin;
import bellframe.http.AuditLog;
import bellframe.refusals.Refused;
import bellframe.server.folder.FolderUnusable;
import bellframe.storage.StorageFailure;
import bellframe.storage.StorageUnavailable;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
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

    private static final Origin THIS_MACHINE = new Origin("127.0.0.1", false, null);
    private static final String OPERATOR = "operator";

    private final byte[] authorization;
    private final AuditLog audit;
    private final ReentrantLock underWay = new ReentrantLock();

    /// @param audit hears of everything that was done
    OperatorRequests(String token, AuditLog audit) {
        this.audit = audit;
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
        String name = exchange.getRequestURI().getPath().substring(1);
        return task.exclusive() ? runAlone(name, task, text) : run(name, task, text);
    }

    private AdminAnswer runAlone(String name, Task task, String argument) {
        if (!underWay.tryLock()) {
            return AdminAnswer.text(CONFLICT, "another task of the operator is under way");
        }
        try {
            return run(name, task, argument);
        } finally {
            underWay.unlock();
        }
    }

    private AdminAnswer run(String name, Task task, String argument) {
        try {
            Done done = task.run(argument);
            log.info("{}", done.logged());
            audit.note(new AuditLog.Entry(OPERATOR, name, OPERATOR, null, THIS_MACHINE, List.of(done.logged()), null));
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
