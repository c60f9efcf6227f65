package bellframe.storage.queue;

import bellframe.storage.Batch;
import bellframe.storage.StorageFailure;
import bellframe.storage.StorageUnavailable;
import bellframe.storage.queue.CommitGroup.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes batches in groups and answers them in order; used by one thread at a time.
///
/// A conditional batch whose partition the group has touched first closes the group, so that its conditions are read from
/// what is durable.
final class Committer {

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    private final CommitTarget target;
    private final Consumer<Waiting> released;
    private final LongAdder committed = new LongAdder();
    private final LongAdder failedCallbacks = new LongAdder();

    /// @param released told of each batch once its group is through, before the batch is answered
    Committer(CommitTarget target, Consumer<Waiting> released) {
        this.target = target;
        this.released = released;
    }

    void commit(List<Waiting> taken) {
        var group = new CommitGroup();
        for (var waiting : taken) {
            if (waiting.isConditional() && group.touches(waiting.partition())) {
                finish(group);
                group = new CommitGroup();
            }
            group.add(waiting, waiting.isConditional() ? evaluate(waiting.batch()) : new Outcome.Written());
        }
        finish(group);
    }

    /// How many batches were written.
    long committed() {
        return committed.sum();
    }

    /// How many callbacks of written batches threw.
    long failedCallbacks() {
        return failedCallbacks.sum();
    }

    private Outcome evaluate(Batch batch) {
        try {
            return batch.conditions().stream().allMatch(this::holds)
                    ? new Outcome.Written()
                    : new Outcome.ConditionFailed();
        } catch (StorageFailure | StorageUnavailable failure) {
            return new Outcome.Unreadable(failure);
        } catch (RuntimeException | Error failure) {
            return new Outcome.Unreadable(new StorageFailure("a condition could not be read", failure));
        }
    }

    private boolean holds(Batch.Condition condition) {
        byte[] found = target.get(condition.table(), condition.partition(), condition.row());
        byte[] expected = condition.expected();
        return expected == null ? found == null : found != null && Arrays.equals(found, expected);
    }

    private void finish(CommitGroup group) {
        var failure = group.write(target);
        if (failure instanceof StorageFailure unknown && !unknown.isDiskFull()) {
            LOG.error("a group of {} batches failed to be written", group.writes().size(), failure);
        }
        for (var member : group.members()) {
            released.accept(member.waiting());
            switch (member.outcome()) {
                case Outcome.Written _ when failure != null -> member.waiting().answer().completeExceptionally(failure);
                case Outcome.Written _ -> succeed(member.waiting());
                case Outcome.ConditionFailed _ -> member.waiting().answer().complete(false);
                case Outcome.Unreadable(var cause) -> member.waiting().answer().completeExceptionally(cause);
            }
        }
    }

    private void succeed(Waiting waiting) {
        committed.increment();
        try {
            waiting.committed().run();
        } catch (RuntimeException | Error failure) {
            failedCallbacks.increment();
            LOG.error("a callback of a committed batch failed", failure);
        }
        waiting.answer().complete(true);
    }
}
