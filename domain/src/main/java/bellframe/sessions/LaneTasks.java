package bellframe.sessions;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a lane does for sessions, one task after the other. A long task is done in pieces, and between them the lane turns to
/// its connections: a message to thousands does not keep others waiting. A task may take over those that wait behind it.
final class LaneTasks {

    private static final Logger log = LoggerFactory.getLogger(LaneTasks.class);

    /// A task that is done in pieces.
    @FunctionalInterface
    interface Task {

        /// Does the next piece.
        ///
        /// @return whether it was the last
        boolean proceed();

        /// Takes over what the task right behind it has to do, so that both are done at once. Asked before this one begins.
        ///
        /// @return false if that cannot be
        default boolean takesOver(Task next) {
            return false;
        }
    }

    private final Lane lane;
    // Confined to the lane's thread.
    private final Deque<Task> tasks = new ArrayDeque<>();
    /// Whether the first one is under way.
    private boolean begun;

    LaneTasks(Lane lane) {
        this.lane = lane;
    }

    /// Does a task in one piece, behind those handed in before.
    ///
    /// @throws RejectedExecutionException if the lane has ended
    void execute(Runnable task) {
        executeInPieces(() -> {
            task.run();
            return true;
        });
    }

    /// Does a task, behind those handed in before.
    ///
    /// @throws RejectedExecutionException if the lane has ended
    void executeInPieces(Task task) {
        lane.execute(() -> {
            if (!isTakenOver(task)) {
                add(task);
            }
        });
    }

    private boolean isTakenOver(Task task) {
        int notBegun = begun ? tasks.size() - 1 : tasks.size();
        return notBegun > 0 && tasks.getLast().takesOver(task);
    }

    private void add(Task task) {
        tasks.add(task);
        // Begun only behind what waits on the lane already, since that may be something to take over.
        if (tasks.size() == 1 && !isToGoOn()) {
            proceed();
        }
    }

    private void proceed() {
        while (!tasks.isEmpty()) {
            begun = true;
            boolean done = proceed(tasks.getFirst());
            if (done) {
                tasks.removeFirst();
                begun = false;
            } else if (isToGoOn()) {
                return;
            }
        }
    }

    /// @return false if the lane takes no task any more, and the rest has to be done at once
    private boolean isToGoOn() {
        try {
            lane.execute(this::proceed);
            return true;
        } catch (RejectedExecutionException ending) {
            log.debug("the lane ends, {} tasks are done at once", tasks.size());
            return false;
        }
    }

    private static boolean proceed(Task task) {
        try {
            return task.proceed();
        } catch (RuntimeException failure) {
            // The tasks behind it must not wait for ever.
            log.error("a task of a lane failed", failure);
            return true;
        }
    }
}
