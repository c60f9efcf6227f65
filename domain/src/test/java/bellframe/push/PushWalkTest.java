package bellframe.push;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.channels.Membership;
import bellframe.identity.Bearer;
import bellframe.outbox.DeliveryFailed;
import bellframe.storage.Batch;
import bellframe.storage.Table;
import bellframe.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Devices and services fail and recover, the store refuses, and the server ends and starts again, all at random while messages
/// are sent: whatever happened, every device gets everything once it can.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PushWalkTest {

    private static final int STEPS = 300;
    private static final int MEMBERS = 40;
    private static final List<UserEndpoint.Type> TYPES = List.of(UserEndpoint.Type.values());
    private static final List<String> APPS = List.of(PushWorld.APP, PushWorld.OTHER_APP);

    private final long seed = Long.getLong("bellframe.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final List<String> tokens = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private final Map<String, Set<String>> got = new HashMap<>();

    @Test
    void everyDeviceGetsEveryMessageWhateverFailsMeanwhile() {
        System.out.println("PushWalkTest: seed " + seed);
        try (var push = new PushWorld()) {
            settle(push);
            for (int i = 0; i < STEPS; i++) {
                step(push);
            }
            mend(push);
            push.awaitDelivered();
            note(push.world);
            assertThat(got.keySet()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(tokens);
            got.forEach((token, messages) -> assertThat(messages).as("seed %d, %s", seed, token)
                    .containsExactlyInAnyOrderElementsOf(sent));
            assertThat(push.world.alerts).isEmpty();
            assertThat(push.storage.rows.rowCounts()).doesNotContainKeys(Table.OUTBOX, Table.OUTBOX_LANES);
        }
    }

    private void settle(PushWorld push) {
        for (int i = 0; i < MEMBERS; i++) {
            Bearer member = push.world.user("member-" + i);
            push.world.memberships.addAll(push.channel, push.alice.arn(),
                    List.of(push.world.actors.named(member.toString(), push.world.appInstance.arn())),
                    Membership.Type.DEFAULT);
            String token = "token-" + i;
            UserEndpoint.Type type = TYPES.get(random.nextInt(TYPES.size()));
            push.register(member.arn(), type, APPS.get(random.nextInt(APPS.size())), token, null);
            tokens.add(token);
        }
    }

    private void step(PushWorld push) {
        String token = tokens.get(random.nextInt(tokens.size()));
        switch (random.nextInt(20)) {
            case 0 -> push.world.pushServices.failWith(token, () -> DeliveryFailed.transientFailure("alone"));
            case 1 -> push.world.pushServices.failWith(() -> DeliveryFailed.throttled("all", Duration.ofMillis(5)));
            case 2, 3 -> mend(push);
            case 4 -> push.storage.refuseOnce.set(PushWalkTest::isOfOutboxAlone);
            case 5 -> {
                World before = push.world;
                push.restart();
                note(before);
            }
            case 6 -> push.clock.move(Duration.ofSeconds(random.nextInt(20)));
            default -> sent.add(push.send().text());
        }
    }

    private void mend(PushWorld push) {
        push.world.pushServices.failWith(null);
        tokens.forEach(token -> push.world.pushServices.failWith(token, null));
    }

    /// What is not the sending of a message, which would be refused.
    private static boolean isOfOutboxAlone(Batch batch) {
        return batch.writes().stream().anyMatch(write -> write.table() == Table.OUTBOX)
                && batch.writes()
                        .stream()
                        .allMatch(write -> write.table() == Table.OUTBOX || write.table() == Table.OUTBOX_LANES);
    }

    private void note(World world) {
        for (DeviceNotification taken : world.pushServices.all()) {
            got.computeIfAbsent(taken.deviceToken(), _ -> new HashSet<>()).add(taken.messageId());
        }
    }
}
