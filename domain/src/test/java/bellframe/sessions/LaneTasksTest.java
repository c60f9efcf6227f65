package bellframe.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LaneTasksTest {

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private boolean ended;
    private final Lane lane = new Lane() {
        @Override
        public void execute(Runnable task) {
            if (ended) {
                throw new RejectedExecutionException();
            }
            waiting.add(task);
        }
    };
    private final LaneTasks tasks = new LaneTasks(lane);

    @Test
    void betweenThePiecesOfALongTaskTheLaneDoesOtherThingsButNoLaterTask() {
        tasks.executeInPieces(pieces("long", 3));
        tasks.execute(() -> done.add("later"));
        lane.execute(() -> done.add("of a connection"));
        runAll();

        assertThat(done).containsExactly("long 1", "of a connection", "long 2", "long 3", "later");
    }

    @Test
    void aTaskThatFailsKeepsNoOtherWaiting() {
        tasks.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        tasks.execute(() -> done.add("next"));
        runAll();

        assertThat(done).containsExactly("next");
    }

    @Test
    void whatIsLeftWhenTheLaneEndsIsDoneAtOnce() {
        tasks.executeInPieces(pieces("long", 3));
        tasks.execute(() -> done.add("later"));
        Runnable first = waiting.remove();
        waiting.remove().run();
        assertThat(done).containsExactly("later");
        ended = true;
        first.run();

        assertThat(done).containsExactly("later", "long 1", "long 2", "long 3");
    }

    private LaneTasks.Task pieces(String name, int count) {
        var piece = new AtomicInteger();
        return () -> {
            done.add(name + " " + piece.incrementAndGet());
            return piece.get() == count;
        };
    }

    private void runAll() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }
}
