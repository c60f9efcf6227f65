package bellframe.push;

import static bellframe.push.PushWorld.APP;
import static bellframe.push.PushWorld.CALL;
import static bellframe.push.PushWorld.HELLO;
import static bellframe.push.PushWorld.OTHER_APP;
import static org.assertj.core.api.Assertions.assertThat;

import bellframe.channels.Membership;
import bellframe.channels.MembershipPreferences.AllowNotifications;
import bellframe.flows.ChannelFlow.Fallback;
import bellframe.flows.ChannelFlow.Processor;
import bellframe.identity.Bearer;
import bellframe.messages.PushNotification;
import bellframe.messages.TestMessages;
import bellframe.names.MessageId;
import bellframe.storage.Table;
import bellframe.testing.TestProcessors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who is notified of a message.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PushNotificationsTest {

    private final PushWorld push = new PushWorld();
    private final Bearer alice = push.alice;
    private final Bearer bob = push.bob;

    @AfterEach
    void close() {
        push.close();
    }

    @Test
    void allDevicesOfAllMembersShowTheNotificationTheSendersToo() throws InterruptedException {
        push.register(bob, "bobs");
        Instant before = push.clock.instant();
        MessageId id = push.send();
        assertThat(push.world.pushServices.next())
                .isEqualTo(new DeviceNotification(UserEndpoint.Type.GCM, APP, "bobs", false,
                        "title", "body", id.text(), push.channel.arn().toString(),
                        before.plus(PushNotifications.LIFETIME)));
        push.register(bob.arn(), UserEndpoint.Type.APNS, APP, "bobs phone", "voip");
        push.register(alice.arn(), UserEndpoint.Type.APNS_SANDBOX, APP, "alices", null);
        push.register(push.world.user("stranger"), "strangers");
        push.send();
        assertThat(push.reached()).containsExactly("alices", "bobs", "bobs phone");
        assertThat(push.world.counted("bellframe.push.notifications", "taken")).isEqualTo(4);
        assertThat(push.storage.rows.rowCounts()).doesNotContainKeys(Table.OUTBOX, Table.OUTBOX_LANES);
    }

    @Test
    void onlyMessagesThatSayWhatIsToBeShownAreNotifiedOf() {
        push.register(bob, "bobs");
        MessageId id = TestMessages.send(push.world, alice, push.channel, "no push", null);
        assertThat(push.reached()).isEmpty();
        MessageId pushed = push.send();
        assertThat(push.reached()).containsExactly("bobs");
        TestMessages.update(push.world, alice, push.channel, pushed, "edited");
        TestMessages.redact(push.world, alice, push.channel, pushed);
        push.world.admins.create(push.world.appInstance.arn(), alice.toString());
        TestMessages.delete(push.world, alice, push.channel, id);
        assertThat(push.reached()).isEmpty();
        TestMessages.sendWithPush(push.world, alice, push.channel, HELLO, Map.of(), null, false);
        assertThat(push.reached()).containsExactly("bobs");
    }

    @Test
    void membersGetWhatTheyPrefer() {
        Bearer carol = push.world.user("carol");
        push.world.memberships.addAll(push.channel, alice.arn(),
                List.of(push.world.actors.named(carol.toString(), push.world.appInstance.arn())),
                Membership.Type.DEFAULT);
        push.register(alice, "alices");
        push.register(bob, "bobs");
        push.register(carol, "carols");
        push.prefer(alice, AllowNotifications.FILTERED, "{\"mention\": [\"@alice\"]}");
        push.prefer(bob, AllowNotifications.FILTERED, "{\"from\": [{\"anything-but\": [\"alice\"]}]}");
        push.send(HELLO, Map.of("mention", List.of("@bob", "@alice"), "from", List.of("alice")), null);
        assertThat(push.reached()).containsExactly("alices", "carols");
        push.send(HELLO, Map.of(), null);
        assertThat(push.reached()).containsExactly("bobs", "carols");
        push.prefer(carol, AllowNotifications.NONE, null);
        push.prefer(bob, AllowNotifications.ALL, null);
        push.send(HELLO, Map.of("mention", List.of("@Alice")), null);
        assertThat(push.reached()).containsExactly("bobs");
    }

    @Test
    void aRuleThatIsNoneMatchesNothing() {
        push.register(alice, "alices");
        push.register(bob, "bobs");
        push.prefer(bob, AllowNotifications.FILTERED, "{\"from\": 7}");
        push.send();
        assertThat(push.reached()).containsExactly("alices");
    }

    @Test
    void mutedDevicesHiddenMembersAndThoseWhoLeftGetNothing() {
        UserEndpoint muted = push.register(bob, "muted");
        push.world.endpoints.update(bob.arn(), muted.id(), null, false);
        push.register(bob, "bobs");
        Bearer hidden = push.world.user("hidden");
        push.world.memberships.addAll(push.channel, alice.arn(),
                List.of(push.world.actors.named(hidden.toString(), push.world.appInstance.arn())),
                Membership.Type.HIDDEN);
        push.register(hidden, "hiddens");
        push.send();
        assertThat(push.reached()).containsExactly("bobs");
        push.send(HELLO, Map.of(), hidden.arn());
        assertThat(push.reached()).isEmpty();
        push.world.endpoints.update(bob.arn(), muted.id(), null, true);
        push.send();
        assertThat(push.reached()).containsExactly("bobs", "muted");
        push.world.memberships.remove(push.channel.reference(), bob.arn());
        push.send();
        assertThat(push.reached()).isEmpty();
    }

    @Test
    void ofATargetedMessageItsTargetAndItsSenderAreNotified() {
        Bearer carol = push.world.user("carol");
        push.world.memberships.addAll(push.channel, alice.arn(),
                List.of(push.world.actors.named(carol.toString(), push.world.appInstance.arn())),
                Membership.Type.DEFAULT);
        push.register(alice, "alices");
        push.register(bob, "bobs");
        push.register(carol, "carols");
        push.send(HELLO, Map.of(), bob.arn());
        assertThat(push.reached()).containsExactly("alices", "bobs");
        push.send(HELLO, Map.of(), alice.arn());
        assertThat(push.reached()).containsExactly("alices");
        push.prefer(bob, AllowNotifications.NONE, null);
        push.send(HELLO, Map.of(), bob.arn());
        assertThat(push.reached()).containsExactly("alices");
    }

    @Test
    void aCallGoesWhereDevicesTakeCalls() throws InterruptedException {
        push.register(bob.arn(), UserEndpoint.Type.APNS, APP, "phone", "phone for calls");
        push.register(bob.arn(), UserEndpoint.Type.APNS_SANDBOX, APP, "tablet", null);
        push.register(bob, "android");
        Instant before = push.clock.instant();
        push.send(CALL);
        List<DeviceNotification> got = new ArrayList<>();
        got.add(push.world.pushServices.next());
        got.add(push.world.pushServices.next());
        push.awaitDelivered();
        got.addAll(push.world.pushServices.all());
        assertThat(got).extracting(DeviceNotification::deviceToken)
                .containsExactlyInAnyOrder("phone for calls", "android");
        assertThat(got).allMatch(DeviceNotification::voip)
                .allMatch(one -> one.expires().equals(before.plusSeconds(60)));
    }

    @Test
    void devicesOfAnAppThatIsNotConfiguredGetNothing() {
        push.register(bob.arn(), UserEndpoint.Type.APNS, OTHER_APP, "elsewhere", null);
        push.register(bob, "bobs");
        push.world.pushServices.withoutApp(OTHER_APP);
        push.send();
        assertThat(push.reached()).containsExactly("bobs");
        assertThat(push.world.pushServices.calls()).isOne();
    }

    @Test
    void aChannelOfManyMembersIsNotifiedInGroups() {
        int many = 257;
        List<Bearer> members = IntStream.range(0, many).mapToObj(i -> push.world.user("member-" + i)).toList();
        push.world.memberships.addAll(push.channel, alice.arn(),
                members.stream()
                        .map(member -> push.world.actors.named(member.toString(), push.world.appInstance.arn()))
                        .toList(),
                Membership.Type.DEFAULT);
        var tokens = new ArrayList<String>();
        for (Bearer member : members) {
            tokens.add(push.register(member, member.arn().id()).deviceToken());
            tokens.add(push.register(member.arn(), UserEndpoint.Type.APNS, APP, member.arn().id() + " a", null)
                    .deviceToken());
        }
        push.send();
        assertThat(push.reached()).containsExactlyInAnyOrderElementsOf(tokens);
        assertThat(push.world.pushServices.calls()).isEqualTo(2 * many);
    }

    @Test
    void throughAFlowAMessageIsNotifiedOfOnceItIsSent() throws InterruptedException {
        push.register(bob, "bobs");
        String flow = push.world.flows.create(push.world.appInstance.arn(), "flow",
                List.of(new Processor("processor", "arn:aws:lambda:us-east-1:123456789012:function:f", 1,
                        Fallback.ABORT)),
                Map.of(), "root", "the-token-of-the-flow").arn().toString();
        push.world.flows.associate(push.channel, flow);
        MessageId denied = push.send();
        TestMessages.callBack(push.world, push.channel, denied, call().text("CallbackId"), true);
        MessageId id = push.send();
        TestProcessors.Call call = call();
        assertThat(push.reached()).isEmpty();
        TestMessages.callBack(push.world, push.channel, id, call.text("CallbackId"),
                new PushNotification("other", null, PushNotification.Type.DEFAULT));
        DeviceNotification shown = push.world.pushServices.next();
        assertThat(shown.title()).isEqualTo("other");
        assertThat(shown.body()).isNull();
        assertThat(shown.messageId()).isEqualTo(id.text());
        MessageId plain = TestMessages.send(push.world, alice, push.channel, "no push", null);
        TestMessages.callBack(push.world, push.channel, plain, call().text("CallbackId"), HELLO);
        assertThat(push.world.pushServices.next().messageId()).isEqualTo(plain.text());
        assertThat(push.reached()).isEmpty();
    }

    private TestProcessors.Call call() throws InterruptedException {
        return push.world.processors.next();
    }
}
