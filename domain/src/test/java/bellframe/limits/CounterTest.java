package bellframe.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Table;
import bellframe.storage.memory.MemoryStorage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CounterTest {

    private static final int MAX = Limit.CHANNEL_MODERATORS.value();

    private final MemoryStorage storage = new MemoryStorage();
    private final Counter<String> counter = new Counter<>(storage, Limit.CHANNEL_MODERATORS, Table.TAGS,
            owner -> List.of(Key.of(owner, "one"), Key.of(owner, "two")));

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void rowsThatAreThereTakeRoomInAllPartitions() {
        fill("alice", "one", MAX - 3);
        fill("alice", "two", 2);
        counter.take("alice");
        assertFull("alice");
        counter.take("bob");
    }

    @Test
    void roomThatIsGivenBackCanBeTakenAgain() {
        fill("alice", "one", MAX);
        assertFull("alice");
        Counter.Count before = counter.known("alice");
        storage.commit(new Batch().delete(Table.TAGS, Key.of("alice", "one"), row(0)));
        counter.give("alice", before);
        counter.take("alice");
        assertFull("alice");
    }

    @Test
    void aCountMadeDuringARemovalIsNotTrusted() {
        fill("alice", "one", MAX);
        Counter.Count before = counter.known("alice");
        assertThat(before).isNull();
        assertFull("alice");
        storage.commit(new Batch().delete(Table.TAGS, Key.of("alice", "one"), row(0)));
        counter.give("alice", before);
        counter.take("alice");
        fill("alice", "one", MAX);
        assertFull("alice");
    }

    @Test
    void whatIsForgottenIsCountedAgain() {
        for (int i = 0; i < MAX; i++) {
            counter.take("alice");
        }
        assertFull("alice");
        counter.forget("alice");
        counter.take("alice");
    }

    private void assertFull(String owner) {
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> counter.take(owner))
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.RESOURCE_LIMIT_EXCEEDED));
    }

    private void fill(String owner, String partition, int rows) {
        var batch = new Batch();
        for (int i = 0; i < rows; i++) {
            batch.put(Table.TAGS, Key.of(owner, partition), row(i), new byte[]{1});
        }
        storage.commit(batch);
    }

    private static Key row(int number) {
        return Key.builder().number64(number).build();
    }
}
