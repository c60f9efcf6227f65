package bellframe.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.channels.Channel;
import bellframe.channels.Membership;
import bellframe.channels.MemberRecords;
import bellframe.channels.NewChannel;
import bellframe.expiration.Expiration;
import bellframe.identity.AppInstance;
import bellframe.identity.AppInstanceBot;
import bellframe.identity.Bearer;
import bellframe.messages.TestMessages;
import bellframe.names.UserArn;
import bellframe.refusals.Refused;
import bellframe.storage.StorageUnavailable;
import bellframe.storage.Table;
import bellframe.testing.HookedStorage;
import bellframe.testing.TestClock;
import bellframe.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What deletions leave in the store once they are purged: nothing.
class RemovalTest {

    private static final AppInstanceBot.Lex LEX = new AppInstanceBot.Lex("arn", "en_US", null, false,
            AppInstanceBot.Standard.AUTO, true);
    private static final Expiration YEAR = new Expiration(365, Expiration.Criterion.LAST_MESSAGE_TIMESTAMP);

    private final HookedStorage storage = new HookedStorage();
    private final TestClock clock = new TestClock();
    private final World world = new World(storage, clock);

    @AfterEach
    void close() {
        world.close();
        storage.close();
    }

    @Test
    void aPurgedChannelLeavesNothingButWhatItsMembersAreToBeTold() {
        Bearer alice = world.user("alice");
        Bearer bob = world.user("bob");
        Bearer carol = world.user("carol");
        Map<Table, Integer> before = countsWithoutChanges();
        Channel channel = furnished(alice, bob, carol);
        assertThat(countsWithoutChanges()).isNotEqualTo(before);

        world.channels.delete(channel);
        world.purge();

        assertThat(countsWithoutChanges()).isEqualTo(before);
        assertThat(world.channels.create(alice, wanted("furnished", bob), "token-after").incarnation())
                .isNotEqualTo(channel.incarnation());
    }

    @Test
    void aPurgedUserLeavesItsMessagesAndWhatOthersAreToBeTold() {
        Bearer alice = world.user("alice");
        Bearer carol = world.user("carol");
        Channel channel = furnished(alice, world.user("bob"), carol);
        Map<Table, Integer> before = countsWithoutChanges();
        Bearer dave = world.user("dave");
        world.tags.add(dave.toString(), Map.of("key", "value"));
        world.users.expire(dave.toString(), new Expiration(1, Expiration.Criterion.CREATED_TIMESTAMP));
        world.memberships.add(channel, alice.arn(), world.actors.named(dave.toString(), world.appInstance.arn()),
                Membership.Type.DEFAULT);
        world.moderators.add(channel, alice.arn(), world.actors.named(dave.toString(), world.appInstance.arn()));
        world.admins.create(world.appInstance.arn(), dave.toString());
        Channel banned = world.channel(alice);
        world.memberships.ban(banned, alice.arn(), world.actors.named(dave.toString(), world.appInstance.arn()));

        world.users.delete(dave.toString());
        assertThat(world.actors.find(dave.arn())).isNull();
        world.channels.delete(banned);
        world.purge();

        assertThat(countsWithoutChanges()).isEqualTo(before);
    }

    @Test
    void aPurgedAppInstanceLeavesNothing() {
        Map<Table, Integer> before = counts();
        AppInstance other = world.appInstances.create("other", null, Map.of("key", "value"), "root", "another-token");
        world.bots.create(other.arn(), "bot", null, LEX, Map.of("key", "value"), "root", "token-of-bot");
        world.retentions.put(other.arn(), 10);
        Bearer alice = user(other, "alice");
        Bearer bob = user(other, "bob");
        world.admins.create(other.arn(), alice.toString());
        furnished(alice, bob, user(other, "carol"));
        world.channels.delete(furnished(bob, alice, user(other, "dave")));
        world.users.delete(bob.toString());

        world.appInstances.delete(other.arn());
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> world.actors.bearer(alice.toString()));
        world.purge();

        assertThat(counts()).isEqualTo(before);
    }

    @Test
    void whatAPurgeLeavesThatIsInterruptedAtAnyWriteTheNextOneRemoves() {
        Map<Table, Integer> before = counts();
        boolean interrupted = true;
        for (int writes = 0; interrupted; writes++) {
            AppInstance other = world.appInstances.create("other", null, Map.of(), "root", "another-token-" + writes);
            furnished(user(other, "alice"), user(other, "bob"), user(other, "carol"));
            world.appInstances.delete(other.arn());
            var left = new AtomicInteger(writes);
            storage.refuseOnce.set(_ -> left.getAndDecrement() == 0);
            interrupted = isInterrupted(world::purge);
            storage.refuseOnce.set(null);
            world.purge();
            assertThat(counts()).as("interrupted at write %d", writes).isEqualTo(before);
        }
    }

    private static boolean isInterrupted(Runnable purge) {
        try {
            purge.run();
            return false;
        } catch (StorageUnavailable _) {
            return true;
        }
    }

    @Test
    void aUserWhoIsDeletedAgainIsPurgedAgain() {
        Bearer bob = world.user("bob");
        world.users.delete(bob.toString());
        var first = world.purges.planned();
        world.user("bob");
        world.users.delete(bob.toString());

        // The thread that did the first purge says so late.
        first.forEach(world.purges::done);

        assertThat(world.purges.planned()).hasSize(1);
    }

    @Test
    void whatWasPlannedAndNeverDeletedStays() {
        Bearer alice = world.user("alice");
        Channel channel = world.channel(alice);
        world.purges.plan(new bellframe.purges.Purge(bellframe.purges.Purge.Kind.CHANNEL, channel.arn().toString(),
                channel.incarnation()));

        world.purge();

        assertThat(world.channels.find(channel.arn())).isEqualTo(channel);
        assertThat(world.memberships.find(channel.incarnation(), alice.arn())).isNotNull();
    }

    @Test
    void nothingIsSentToAChannelThatIsBeingPurged() {
        Bearer alice = world.user("alice");
        Channel channel = world.channel(alice);
        TestMessages.send(world, alice, channel, "in time", null);
        world.messages.close(channel.incarnation());

        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> TestMessages.send(world, alice, channel, "too late", null));
    }

    private Bearer user(AppInstance appInstance, String id) {
        return world.actors
                .bearer(world.users.create(appInstance.arn(), id, id, null, null, Map.of()).arn().toString());
    }

    /// A channel with a row of every kind: another member, a hidden one, a banned one.
    private Channel furnished(Bearer creator, Bearer member, Bearer other) {
        Channel channel = world.channels.create(creator, wanted("furnished", member), "token-" + creator);
        UserArn arn = member.arn();
        world.channels.expire(channel, YEAR);
        world.memberships.ban(channel, creator.arn(), world.actors.named(other.toString(), arn.appInstance()));
        MemberRecords.readMarkers(storage, world.memberships)
                .put(channel.incarnation(), arn, clock.instant());
        MemberRecords.preferences(storage, world.memberships)
                .put(channel.incarnation(), arn, bellframe.channels.MembershipPreferences.DEFAULT);
        TestMessages.send(world, creator, channel, "one", null);
        TestMessages.send(world, member, channel, "for one", creator.arn());
        clock.move(Duration.ofHours(7));
        TestMessages.send(world, member, channel, "in another bucket", null);
        return channel;
    }

    private NewChannel wanted(String id, Bearer member) {
        var appInstance = member.arn().appInstance();
        return new NewChannel(appInstance, id + member.arn().id(), "channel", Channel.Mode.RESTRICTED,
                Channel.Privacy.PRIVATE, null, null, List.of(world.actors.named(member.toString(), appInstance)),
                List.of(world.actors.named(member.toString(), appInstance)), Map.of("key", "value"));
    }

    /// Rows by table, without those of request tokens, which time removes.
    /// Without what is kept for a while for those who are away.
    private Map<Table, Integer> countsWithoutChanges() {
        Map<Table, Integer> counts = counts();
        counts.remove(Table.CHANGES);
        counts.remove(Table.CHANGED);
        return counts;
    }

    private Map<Table, Integer> counts() {
        Map<Table, Integer> counts = storage.rows.rowCounts();
        counts.remove(Table.REQUEST_TOKENS);
        counts.remove(Table.REQUEST_TOKEN_BUCKETS);
        return counts;
    }
}
