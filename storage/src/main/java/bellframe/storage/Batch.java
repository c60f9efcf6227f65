package bellframe.storage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows to write together, and optionally conditions on rows of one partition.
///
/// Without conditions a batch may touch any number of partitions; its rows must then be such that writing them again
/// changes nothing, for a store may, after a crash, have written only some partitions. With conditions every row of the
/// batch must be of one partition; if a condition does not hold nothing is written.
public final class Batch {

    /// A row to put (value not null) or to delete.
    public record Write(Table table, Key partition, Key row, byte @Nullable [] value) {
    }

    /// What a row must hold for the batch to be written: null for absent.
    public record Condition(Table table, Key partition, Key row, byte @Nullable [] expected) {
    }

    private final List<Write> writes = new ArrayList<>();
    private final List<Condition> conditions = new ArrayList<>();

    public Batch put(Table table, Key partition, Key row, byte[] value) {
        writes.add(new Write(table, partition, row, value));
        return this;
    }

    public Batch delete(Table table, Key partition, Key row) {
        writes.add(new Write(table, partition, row, null));
        return this;
    }

    public Batch requireAbsent(Table table, Key partition, Key row) {
        conditions.add(new Condition(table, partition, row, null));
        return this;
    }

    public Batch requireEqual(Table table, Key partition, Key row, byte[] expected) {
        conditions.add(new Condition(table, partition, row, expected));
        return this;
    }

    public List<Write> writes() {
        return writes;
    }

    public List<Condition> conditions() {
        return conditions;
    }

    /// Checks the rule of conditional batches; called by every store before it queues a batch.
    ///
    /// @throws IllegalArgumentException if a conditional batch touches a second partition
    public void check() {
        if (conditions.isEmpty()) {
            return;
        }
        Key partition = conditions.getFirst().partition();
        boolean onePartition = conditions.stream().allMatch(condition -> condition.partition().equals(partition))
                && writes.stream().allMatch(write -> write.partition().equals(partition));
        if (!onePartition) {
            throw new IllegalArgumentException("a conditional batch touches more than one partition");
        }
    }
}
