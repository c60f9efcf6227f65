package bellframe.sessions;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A lane with a thread of its own.
record TestLane(ExecutorService thread) implements Lane, AutoCloseable {

    TestLane() {
        this(Executors.newSingleThreadExecutor());
    }

    @Override
    public void execute(Runnable task) {
        thread.execute(task);
    }

    @Override
    public void close() {
        thread.close();
    }
}
