package bellframe.push;

import static bellframe.push.PushWorld.APP;
import static bellframe.push.PushWorld.CALL;
import static bellframe.push.PushWorld.HELLO;
import static bellframe.push.PushWorld.OTHER_APP;
import static org.assertj.core.api.Assertions.assertThat;

import bellframe.alerts.Alert;
import bellframe.channels.Membership;
import bellframe.identity.Bearer;
import bellframe.names.MessageId;
import bellframe.outbox.DeliveryFailed;
import bellframe.outbox.OutboxKind;
import bellframe.storage.Batch;
import bellframe.storage.Table;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of notifications whose services fail, and of devices that do.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DeviceDeliveryTest {

    private static final String FAILURE = "Chime Messaging AppInstanceUserEndpoint Delivery Failure";

    private final PushWorld push = new PushWorld();
    private final Bearer alice = push.alice;
    private final Bearer bob = push.bob;

    @AfterEach
    void close() {
        push.close();
    }

    @Test
    void aDeviceThatItsServiceDoesNotKnowGetsNothingAnyMore() throws InterruptedException {
        UserEndpoint gone = push.register(bob, "gone");
        push.register(bob, "bobs");
        push.world.pushServices.forget("gone");
        MessageId id = push.send();
        assertThat(push.reached()).containsExactly("bobs");
        assertThat(push.world.endpoints.require(bob.arn(), gone.id()).state())
                .isEqualTo(UserEndpoint.State.INVALID_DEVICE_TOKEN);
        assertMissed(gone, id, "the push service does not know the device any more");
        assertThat(push.world.counted("bellframe.push.notifications", "invalid_device")).isOne();
        push.send();
        assertThat(push.reached()).containsExactly("bobs");
        assertThat(push.world.alerts).isEmpty();
    }

    @Test
    void whatFailsForGoodFailsForItsDeviceAlone() throws InterruptedException {
        UserEndpoint refused = push.register(bob, "refused");
        push.register(alice, "alices");
        push.world.pushServices.failWith("refused", () -> DeliveryFailed.permanentFailure("it answered 400"));
        MessageId id = push.send();
        assertThat(push.reached()).containsExactly("alices");
        assertMissed(refused, id, "it answered 400");
        assertThat(push.world.counted("bellframe.push.notifications", "failed")).isOne();
        assertThat(push.world.endpoints.require(bob.arn(), refused.id()).state()).isEqualTo(UserEndpoint.State.ACTIVE);
        push.world.pushServices.failWith("refused", () -> {
            throw new IllegalStateException("a token");
        });
        assertMissed(refused, push.send(), "the server failed");
        assertThat(push.reached()).containsExactly("alices");
    }

    @Test
    void nobodyWaitsForADeviceThatFailsAlone() throws InterruptedException {
        push.register(bob, "bobs");
        push.register(alice, "alices");
        push.world.pushServices.failWith("bobs", () -> DeliveryFailed.throttled("429", Duration.ofMillis(1)));
        for (int i = 0; i < 5; i++) {
            MessageId id = push.send();
            assertThat(push.world.pushServices.next().messageId()).isEqualTo(id.text());
        }
        // One that is for the failing device only.
        push.send(HELLO, Map.of(), bob.arn());
        assertThat(push.world.pushServices.next().deviceToken()).isEqualTo("alices");
        push.world.pushServices.failWith("bobs", null);
        assertThat(push.reached()).containsExactly("bobs", "bobs", "bobs", "bobs", "bobs", "bobs");
    }

    @Test
    void whileAServiceIsAwayNotificationsWaitInOrderAndNobodyGetsThemTwice() {
        push.register(bob, "bobs");
        push.register(alice, "alices");
        push.register(bob.arn(), UserEndpoint.Type.APNS, OTHER_APP, "elsewhere", null);
        push.world.pushServices.failWith(() -> DeliveryFailed.transientFailure("away"));
        List<String> sent = IntStream.range(0, 10).mapToObj(_ -> push.send().text()).toList();
        push.awaitCalls(6);
        push.restart();
        push.awaitDelivered();
        List<DeviceNotification> got = push.world.pushServices.all();
        for (String token : List.of("bobs", "alices", "elsewhere")) {
            assertThat(got).filteredOn(one -> one.deviceToken().equals(token))
                    .extracting(DeviceNotification::messageId)
                    .containsExactlyElementsOf(sent);
        }
    }

    @Test
    void anAppWhoseServiceIsAwayKeepsNoOtherWaiting() throws InterruptedException {
        push.register(bob.arn(), UserEndpoint.Type.APNS, APP, "away", null);
        push.register(bob.arn(), UserEndpoint.Type.APNS, OTHER_APP, "there", null);
        push.world.pushServices.failWith("away", () -> DeliveryFailed.transientFailure("away"));
        for (int i = 0; i < 20; i++) {
            MessageId id = push.send();
            DeviceNotification next = push.world.pushServices.next();
            assertThat(next.deviceToken()).isEqualTo("there");
            assertThat(next.messageId()).isEqualTo(id.text());
        }
        assertThat(push.world.outbox.waiting(OutboxKind.DEVICES)).isBetween(20L, 21L);
    }

    @Test
    void aServiceThatIsAwayIsNotAskedForEveryDevice() {
        int many = 100;
        List<Bearer> members = IntStream.range(0, many).mapToObj(i -> push.world.user("member-" + i)).toList();
        push.world.memberships.addAll(push.channel, alice.arn(),
                members.stream()
                        .map(member -> push.world.actors.named(member.toString(), push.world.appInstance.arn()))
                        .toList(),
                Membership.Type.DEFAULT);
        members.forEach(member -> push.register(member, member.arn().id()));
        push.world.pushServices.failWith(() -> DeliveryFailed.transientFailure("away"));
        push.send();
        push.awaitCalls(5);
        push.world.pushServices.failWith(null);
        assertThat(push.reached()).hasSize(many).doesNotHaveDuplicates();
        assertThat(push.world.pushServices.atOnceMax()).isLessThanOrEqualTo(GroupAttempt.DEVICES_AT_ONCE);
    }

    @Test
    void whoeverTookItDoesNotGetItAgainBecauseTheStoreFails() {
        push.register(bob, "bobs");
        push.register(alice, "alices");
        push.storage.refuseOnce.set(DeviceDeliveryTest::removesEntries);
        push.send();
        assertThat(push.reached()).containsExactly("alices", "bobs");
        assertThat(push.storage.refuseOnce.get()).isNull();
        push.world.pushServices.failWith("bobs", () -> DeliveryFailed.transientFailure("for a while"));
        push.storage.refuseOnce.set(DeviceDeliveryTest::isForOneAlone);
        push.send();
        push.awaitCalls(6);
        push.world.pushServices.failWith("bobs", null);
        assertThat(push.reached()).containsExactly("alices", "bobs");
    }

    @Test
    void whatIsOverIsDropped() throws InterruptedException {
        UserEndpoint phone = push.register(bob.arn(), UserEndpoint.Type.APNS, APP, "phone", "calls");
        push.world.pushServices.failWith(() -> DeliveryFailed.transientFailure("away"));
        MessageId call = push.send(CALL);
        push.send();
        push.awaitCalls(1);
        push.clock.move(Duration.ofMinutes(2));
        assertMissed(phone, call, DeviceDelivery.EXPIRED);
        push.world.pushServices.failWith(null);
        assertThat(push.reached()).containsExactly("phone");
        push.world.pushServices.failWith(() -> DeliveryFailed.transientFailure("away"));
        MessageId late = push.send();
        push.awaitCalls(push.world.pushServices.calls() + 1);
        push.clock.move(Duration.ofHours(25));
        push.awaitDelivered();
        assertMissed(phone, late, "it waited too long to be handed over");
        assertThat(push.world.counted("bellframe.push.notifications", "expired")).isEqualTo(2);
        assertThat(push.storage.rows.rowCounts()).doesNotContainKeys(Table.OUTBOX, Table.OUTBOX_LANES);
    }

    @Test
    void whoeverLeftMutedOrWentMeanwhileGetsNothing() {
        Bearer carol = push.world.user("carol");
        push.world.memberships.addAll(push.channel, alice.arn(),
                List.of(push.world.actors.named(carol.toString(), push.world.appInstance.arn())),
                Membership.Type.DEFAULT);
        UserEndpoint muted = push.register(alice, "muted");
        push.register(bob, "left");
        UserEndpoint deregistered = push.register(carol, "deregistered");
        push.register(carol, "carols");
        push.world.pushServices.failWith(() -> DeliveryFailed.transientFailure("away"));
        push.send();
        push.awaitCalls(4);
        push.world.endpoints.update(alice.arn(), muted.id(), null, false);
        push.world.memberships.remove(push.channel.reference(), bob.arn());
        push.world.endpoints.remove(carol.arn(), deregistered.id());
        push.world.pushServices.failWith(null);
        assertThat(push.reached()).containsExactly("carols");
        assertThat(push.world.alerts).isEmpty();
    }

    @Test
    void ofAChannelThatIsGoneNothingIsShown() {
        push.register(bob, "bobs");
        push.world.pushServices.failWith(() -> DeliveryFailed.transientFailure("away"));
        push.send();
        push.awaitCalls(1);
        push.world.channels.delete(push.channel);
        push.world.pushServices.failWith(null);
        assertThat(push.reached()).isEmpty();
        push.world.purge();
        assertThat(push.reached()).isEmpty();
        assertThat(push.storage.rows.rowCounts()).doesNotContainKeys(Table.OUTBOX, Table.OUTBOX_LANES);
    }

    private static boolean removesEntries(Batch batch) {
        return batch.writes().stream().anyMatch(write -> write.table() == Table.OUTBOX && write.value() == null);
    }

    private static boolean isForOneAlone(Batch batch) {
        return batch.writes()
                .stream()
                .map(Batch.Write::value)
                .anyMatch(value -> value != null
                        && new String(value, StandardCharsets.UTF_8).contains(DeviceQueue.ALONE));
    }

    private void assertMissed(UserEndpoint device, MessageId id, String reason) throws InterruptedException {
        push.awaitAlert();
        Alert alert = push.world.alerts.take();
        assertThat(alert.detailType()).isEqualTo(FAILURE);
        assertThat(new ArrayList<>(alert.detail().entrySet())).containsExactly(
                Map.entry("appInstanceUserArn", device.user().toString()),
                Map.entry("endpointId", device.id()),
                Map.entry("channelArn", push.channel.arn().toString()),
                Map.entry("messageId", id.text()),
                Map.entry("failureReason", reason));
    }
}
