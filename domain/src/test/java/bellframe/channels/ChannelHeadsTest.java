package bellframe.channels;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.names.Position;
import bellframe.storage.Batch;
import bellframe.storage.Table;
import bellframe.storage.memory.MemoryStorage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChannelHeadsTest {

    private static final long BUCKET_MICROS = Position.BUCKET.toMillis() * 1_000;

    private final MemoryStorage storage = new MemoryStorage();
    private final ChannelHeads heads = new ChannelHeads(storage);

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void aBucketWhoseHeadACrashTookDoesNotHideTheHeadBefore() {
        var kept = new ChannelHead(new Position(3 * BUCKET_MICROS), null);
        var torn = new ChannelHead(new Position(5 * BUCKET_MICROS), null);
        record(kept);
        recordBucketOnly(torn);
        assertThat(heads.find("channel")).isEqualTo(kept);
    }

    @Test
    void aChannelOfWhichOnlyABucketIsKnownHasNoHead() {
        recordBucketOnly(new ChannelHead(new Position(0), null));
        assertThat(heads.find("channel")).isNull();
    }

    private void record(ChannelHead head) {
        var batch = new Batch();
        ChannelHeads.record(batch, "channel", head, true);
        storage.commit(batch);
    }

    /// What a store may leave that writes only some partitions of a batch.
    private void recordBucketOnly(ChannelHead head) {
        var whole = new Batch();
        ChannelHeads.record(whole, "channel", head, true);
        var rest = new Batch();
        whole.writes()
                .stream()
                .filter(write -> write.table() == Table.MESSAGE_BUCKETS)
                .forEach(write -> rest.put(write.table(), write.partition(), write.row(), new byte[]{1}));
        storage.commit(rest);
    }
}
