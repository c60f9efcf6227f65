package bellframe.messages;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.channels.Channel;
import bellframe.flows.ChannelFlow.Fallback;
import bellframe.flows.ChannelFlow.Processor;
import bellframe.identity.Bearer;
import bellframe.testing.HookedStorage;
import bellframe.testing.TestClock;
import bellframe.testing.World;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random walks of messages through flows, beside an independent account of what must come of them.
class FlowFaultsTest {

    private static final boolean LONG = Boolean.getBoolean("bellframe.long");
    private static final int WALKS = LONG ? 25 : 1;
    private static final int STEPS = LONG ? 4_000 : 1_500;

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
        try (var storage = new HookedStorage(); var world = new World(storage, new TestClock())) {
            Bearer alice = world.user("alice");
            Channel channel = world.channel(alice);
            String flow = world.flows.create(world.appInstance.arn(), "flow",
                    List.of(new Processor("processor", "arn:aws:lambda:us-east-1:123456789012:function:f", 1,
                            Fallback.ABORT)),
                    Map.of(), "root", "the-token-of-the-flow").arn().toString();
            world.flows.associate(channel, flow);
            storage.afterNothingToHandOver
                    .set(() -> TestMessages.send(world, alice, channel, "second", null));
            TestMessages.send(world, alice, channel, "first", null);
            assertThat(world.processors.next().text("Content")).isEqualTo("first");
            assertThat(world.processors.next().text("Content")).isEqualTo("second");
        }
    }
}
