package bellframe.messages;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.channels.Channel;
import bellframe.flows.ChannelFlow.Fallback;
import bellframe.flows.ChannelFlow.Processor;
import bellframe.identity.Bearer;
import bellframe.storage.Batch;
import bellframe.storage.Key;
import bellframe.storage.Row;
import bellframe.storage.Scan;
import bellframe.storage.Storage;
import bellframe.storage.Table;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.TestClock;
import bellframe.testing.World;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Random walks of messages through flows, beside an independent account of what must come of them.
class FlowFaultsTest {

    private static final int WALKS = Boolean.getBoolean("bellframe.long") ? 25 : 1;
    private static final int STEPS = 4_000;

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());

    @Test
    void messagesComeToWhatTheAccountSays() throws Exception {
        System.out.println("FlowFaultsTest: seed " + seed);
        for (int i = 0; i < WALKS; i++) {
            // Each says its own seed if it fails.
            try (var walk = new FlowWalk(seed + i)) {
                System.out.println("FlowFaultsTest: " + walk.run(STEPS));
            }
        }
    }

    @Test
    void aMessageIsHandedOverThatComesRightAfterNoneWasFound() throws Exception {
        try (var storage = new Interrupted(); var world = new World(storage, new TestClock())) {
            Bearer alice = world.user("alice");
            Channel channel = world.channel(alice);
            String flow = world.flows.create(world.appInstance.arn(), "flow",
                    List.of(new Processor("processor", "arn:aws:lambda:us-east-1:123456789012:function:f", 1,
                            Fallback.ABORT)),
                    Map.of(), "root", "the-token-of-the-flow").arn().toString();
            world.flows.associate(channel, flow);
            storage.afterNothingWasFound
                    .set(() -> TestMessages.send(world, alice, channel, "second", null));
            TestMessages.send(world, alice, channel, "first", null);
            assertThat(world.processors.next().text("Content")).isEqualTo("first");
            assertThat(world.processors.next().text("Content")).isEqualTo("second");
        }
    }

    /// A store that lets something happen once, after a look at the outbox has found nothing and before that is told.
    private static final class Interrupted implements Storage {

        private final MemoryStorage rows = new MemoryStorage();
        private final AtomicReference<@Nullable Runnable> afterNothingWasFound = new AtomicReference<>();

        @Override
        public byte @Nullable [] get(Table table, Key partition, Key row) {
            return rows.get(table, partition, row);
        }

        @Override
        public List<Row> scan(Scan scan) {
            List<Row> found = rows.scan(scan);
            Runnable hook = scan.table() == Table.OUTBOX && found.isEmpty()
                    ? afterNothingWasFound.getAndSet(null)
                    : null;
            if (hook != null) {
                hook.run();
            }
            return found;
        }

        @Override
        public CompletableFuture<Boolean> submit(Batch batch, Runnable committed) {
            return rows.submit(batch, committed);
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
