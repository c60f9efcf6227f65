package bellframe.storage.queue;

import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.StorageFailure;
import bellframe.storage.StorageUnavailable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Batches that are written as one and answered in the order they came.
final class CommitGroup {

    /// What a batch's future will say if the group's write succeeds.
    sealed interface Outcome {

        record Written() implements Outcome {
        }

        record ConditionFailed() implements Outcome {
        }

        record Unreadable(RuntimeException cause) implements Outcome {
        }
    }

    record Member(Waiting waiting, Outcome outcome) {
    }

    private final List<Member> members = new ArrayList<>();
    private final List<Batch> writes = new ArrayList<>();
    /// Known only once somebody has asked: most groups have no conditional batch.
    private @Nullable Set<Key> touched;

    /// Whether a batch on the partition has to wait until this group can be read back.
    boolean touches(Key partition) {
        if (touched == null) {
            touched = new HashSet<>();
            writes.forEach(this::touch);
        }
        return touched.contains(partition);
    }

    private void touch(Batch batch) {
        if (touched != null) {
            batch.writes().stream().map(Batch.Write::partition).forEach(touched::add);
        }
    }

    void add(Waiting waiting, Outcome outcome) {
        members.add(new Member(waiting, outcome));
        if (outcome instanceof Outcome.Written && !waiting.batch().writes().isEmpty()) {
            writes.add(waiting.batch());
            touch(waiting.batch());
        }
    }

    List<Member> members() {
        return members;
    }

    List<Batch> writes() {
        return writes;
    }

    /// Writes the group.
    ///
    /// @return what every written batch's future must fail with, or null if all went well
    @Nullable
    RuntimeException write(CommitTarget target) {
        if (writes.isEmpty()) {
            return null;
        }
        try {
            target.write(writes);
            return null;
        } catch (StorageFailure | StorageUnavailable failure) {
            return failure;
        } catch (RuntimeException | Error failure) {
            return new StorageFailure("the store failed to write", failure);
        }
    }
}
