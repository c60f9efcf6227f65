package bellframe.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
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
        // Comes to the lane when the long task is about to begin.
        lane.execute(() -> lane.execute(() -> done.add("of a connection")));
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
        waiting.remove().run();
        ended = true;
        runAll();

        assertThat(done).containsExactly("long 1", "long 2", "long 3", "later");
    }

    @Test
    void tasksThatWaitBehindEachOtherAreDoneTogetherIfTheFirstOfThemTakesOver() {
        tasks.executeInPieces(new Words("one"));
        tasks.executeInPieces(new Words("two"));
        tasks.execute(() -> done.add("another"));
        tasks.executeInPieces(new Words("three"));
        runAll();

        assertThat(done).containsExactly("one two", "another", "three");
    }

    @Test
    void aTaskThatHasBegunTakesNothingOver() {
        tasks.executeInPieces(new Words("begun", "begun"));
        waiting.remove().run();
        waiting.remove().run();
        tasks.executeInPieces(new Words("two"));
        tasks.executeInPieces(new Words("three"));
        runAll();

        assertThat(done).containsExactly("begun", "begun", "two three");
    }

    /// Says one of its texts in each piece, and the first text of others with its last.
    private final class Words implements LaneTasks.Task {

        private final Deque<String> texts;

        Words(String... texts) {
            this.texts = new ArrayDeque<>(List.of(texts));
        }

        @Override
        public boolean proceed() {
            done.add(texts.remove());
            return texts.isEmpty();
        }

        @Override
        public boolean takesOver(LaneTasks.Task next) {
            if (next instanceof Words other) {
                texts.add(texts.removeLast() + " " + other.texts.remove());
                return true;
            }
            return false;
        }
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
