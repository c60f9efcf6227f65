package bellframe.push;

import bellframe.channels.Channel;
import bellframe.channels.MembershipPreferences;
import bellframe.channels.MembershipPreferences.AllowNotifications;
import bellframe.identity.Bearer;
import bellframe.messages.PushNotification;
import bellframe.messages.TestMessages;
import bellframe.names.MessageId;
import bellframe.names.UserArn;
import bellframe.outbox.OutboxKind;
import bellframe.storage.Table;
import bellframe.testing.HookedStorage;
import bellframe.testing.TestClock;
import bellframe.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A channel whose members have devices.
final class PushWorld implements AutoCloseable {

    static final String APP = "arn:aws:mobiletargeting:us-east-1:123456789012:apps/one";
    static final String OTHER_APP = "arn:aws:mobiletargeting:us-east-1:123456789012:apps/two";
    static final PushNotification HELLO = new PushNotification("title", "body", PushNotification.Type.DEFAULT);
    static final PushNotification CALL = new PushNotification("title", null, PushNotification.Type.VOIP);

    private static final long WAIT_NANOS = Duration.ofSeconds(30).toNanos();

    final HookedStorage storage = new HookedStorage();
    final TestClock clock = new TestClock();
    World world = new World(storage, clock);
    final Bearer alice = world.user("alice");
    final Bearer bob = world.user("bob");
    final Channel channel = world.channel(alice, bob);

    /// Ends the world as it is, and goes on with what is stored.
    void restart() {
        world.close();
        world = new World(storage, clock, 1);
    }

    /// Registers a device of an app, whose token is its name.
    UserEndpoint register(UserArn user, UserEndpoint.Type type, String app, String token, @Nullable String voipToken) {
        var wanted = new UserEndpoint(user, "", null, type, app, token, voipToken, true, UserEndpoint.State.ACTIVE,
                Instant.EPOCH, Instant.EPOCH);
        return world.endpoints.register(wanted, "root", UUID.randomUUID().toString());
    }

    /// Registers a device with Android.
    UserEndpoint register(Bearer user, String token) {
        return register(user.arn(), UserEndpoint.Type.GCM, APP, token, null);
    }

    void prefer(Bearer member, AllowNotifications allow, @Nullable String rule) {
        world.preferences.put(channel.incarnation(), member.arn(), new MembershipPreferences(allow, rule));
    }

    MessageId send() {
        return send(HELLO);
    }

    MessageId send(PushNotification push) {
        return send(push, Map.of(), null);
    }

    MessageId send(PushNotification push, Map<String, List<String>> attributes, @Nullable UserArn target) {
        return TestMessages.sendWithPush(world, alice, channel, push, attributes, target, true);
    }

    /// Until nothing waits. A receiver that failed too often is left alone until the clock has moved.
    void awaitDelivered() {
        long end = System.nanoTime() + WAIT_NANOS;
        while (world.outbox.waiting(OutboxKind.PUSH) + world.outbox.waiting(OutboxKind.DEVICES) != 0
                || storage.rows.rowCounts().containsKey(Table.OUTBOX_LANES)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("something waits for 30 s: " + world.outbox.receivers());
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            clock.move(Duration.ofMillis(10));
        }
    }

    /// The tokens of the devices that got something until nothing waits, in alphabetical order.
    List<String> reached() {
        awaitDelivered();
        return world.pushServices.all().stream().map(DeviceNotification::deviceToken).sorted().toList();
    }

    /// Until something has been pushed so often, in vain or not.
    void awaitCalls(int count) {
        long end = System.nanoTime() + WAIT_NANOS;
        while (world.pushServices.calls() < count) {
            if (System.nanoTime() > end) {
                throw new AssertionError("only " + world.pushServices.calls() + " calls");
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            clock.move(Duration.ofMillis(10));
        }
    }

    /// Until there is an alert.
    void awaitAlert() {
        long end = System.nanoTime() + WAIT_NANOS;
        while (world.alerts.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no alert came");
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            clock.move(Duration.ofMillis(10));
        }
    }

    @Override
    public void close() {
        world.close();
        storage.close();
    }
}
