package bellframe.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellframe.storage.memory.MemoryStorage;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultyStorageTest {

    private final FaultyStorage storage = new FaultyStorage(new MemoryStorage());

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @Test
    void batchesCanBeRefusedOrFailWithOrWithoutBeingWritten() {
        storage.setSubmits(FaultyStorage.Submits.UNAVAILABLE);
        assertThatThrownBy(() -> storage.commit(batch())).isInstanceOf(StorageUnavailable.class);
        storage.setSubmits(FaultyStorage.Submits.FAIL_UNWRITTEN);
        assertThatThrownBy(() -> storage.commit(batch())).isInstanceOf(StorageFailure.class);
        assertThat(storage.get(Table.TAGS, Key.EMPTY, Key.EMPTY)).isNull();

        storage.setSubmits(FaultyStorage.Submits.FAIL_WRITTEN);
        assertThatThrownBy(() -> storage.commit(batch())).isInstanceOf(StorageFailure.class);
        assertThat(storage.get(Table.TAGS, Key.EMPTY, Key.EMPTY)).isNotNull();
    }

    @Test
    void heldBatchesPassWhenTheyAreLetGo() {
        storage.setSubmits(FaultyStorage.Submits.HOLD);
        var answer = storage.submit(batch(), () -> {
        });
        assertThat(answer).isNotDone();
        assertThat(storage.heldSubmits()).isEqualTo(1);

        storage.setSubmits(FaultyStorage.Submits.PASS);
        assertThat(Commits.await(answer)).isTrue();
    }

    @Test
    void readsCanFailOrWait() {
        storage.setReads(FaultyStorage.Reads.FAIL);
        assertThatThrownBy(() -> storage.get(Table.TAGS, Key.EMPTY, Key.EMPTY)).isInstanceOf(StorageFailure.class);

        storage.setReads(FaultyStorage.Reads.HOLD);
        var read = CompletableFuture.supplyAsync(() -> storage.scan(Scan.ascending(Table.TAGS, Key.EMPTY, null, 1)));
        while (storage.heldReads() == 0) {
            Thread.onSpinWait();
        }
        assertThat(read).isNotDone();
        storage.setReads(FaultyStorage.Reads.PASS);
        assertThat(read.join()).isEmpty();
        assertThat(storage.heldReads()).isZero();
    }

    private static Batch batch() {
        return new Batch().put(Table.TAGS, Key.EMPTY, Key.EMPTY, new byte[1]);
    }
}
