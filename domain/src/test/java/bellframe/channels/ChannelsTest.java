package bellframe.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.events.ChannelEvent;
import bellframe.identity.Bearer;
import bellframe.limits.Limit;
import bellframe.names.ChannelArn;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.storage.Batch;
import bellframe.storage.Table;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.TestClock;
import bellframe.testing.World;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChannelsTest {

    private final MemoryStorage storage = new MemoryStorage();
    private final World world = new World(storage, new TestClock());
    private final Bearer alice = world.user("alice");
    private final Bearer bob = world.user("bob");

    @AfterEach
    void close() {
        world.close();
        storage.close();
    }

    @Test
    void theCreatorBecomesModeratorAndMember() {
        Standing standing = world.channels.standing(alice, world.channel(alice).arn().toString());
        assertThat(standing.moderator()).isTrue();
        assertThat(standing.may(Action.SEND_MESSAGE)).isTrue();
        assertThat(standing.admin()).isFalse();
    }

    @Test
    void theSameTokenCreatesOneChannel() {
        Channel first = world.channels.create(alice, world.wanted(null, bob), "token-1");
        assertThat(world.channels.create(alice, world.wanted(null, bob), "token-1")).isEqualTo(first);
        assertRefused(Refusal.CONFLICT, () -> world.channels.create(alice, world.wanted(null), "token-1"));
        assertThat(world.channels.list(world.appInstance.arn(), Channel.Privacy.PUBLIC, null, 50).items())
                .containsExactly(first);
    }

    @Test
    void aRetryOfACreationDoesNotBringBackWhoLeftMeanwhile() {
        Channel channel = world.channels.create(alice, world.wanted(null, bob), "token-1");
        world.memberships.remove(new MemberChannel(channel.arn(), channel.incarnation()), bob.arn());
        world.channels.create(alice, world.wanted(null, bob), "token-1");
        assertThat(world.memberships.find(channel.incarnation(), bob.arn())).isNull();
    }

    @Test
    void manyRetriesOfACreationTellOfEachMemberOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Channel> attempt = () -> world.channels.create(alice, world.wanted("lobby", bob), "token-1");
            var channels = new ArrayList<Channel>();
            for (Future<Channel> future : threads.invokeAll(java.util.Collections.nCopies(16, attempt))) {
                channels.add(future.get());
            }
            assertThat(channels).hasSize(16).containsOnly(channels.getFirst());
        }
        world.drainEvents(2);
        assertThat(world.hasNoEvent()).isTrue();
    }

    @Test
    void ofManyCreationsWithOneIdOneWinsAndTheOthersLeaveNothing() throws Exception {
        var created = new ArrayList<Channel>();
        int conflicts = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tries = new ArrayList<Callable<Channel>>();
            for (int i = 0; i < 16; i++) {
                String token = "token-" + i;
                tries.add(() -> world.channels.create(alice, world.wanted("lobby", bob), token));
            }
            for (Future<Channel> attempt : threads.invokeAll(tries)) {
                if (attempt.state() == Future.State.SUCCESS) {
                    created.add(attempt.get());
                } else {
                    assertThat(attempt.exceptionNow()).isInstanceOf(Refused.class);
                    conflicts++;
                }
            }
        }
        assertThat(created).hasSize(1);
        assertThat(conflicts).isEqualTo(15);
        assertThat(world.memberships.channelsOf(bob.arn(), null, 50).items()).hasSize(1);
        assertThat(world.channels.list(world.appInstance.arn(), Channel.Privacy.PUBLIC, null, 50).items())
                .isEqualTo(created);
    }

    @Test
    void aDeletedChannelIsGoneAtOnceAndItsIdStaysTaken() {
        Channel channel = world.channels.create(alice, world.wanted("lobby", bob), "token-1");
        world.channels.delete(channel);
        assertRefused(Refusal.NOT_ALLOWED, () -> world.channels.standing(alice, channel.arn().toString()));
        assertThat(world.channels.list(world.appInstance.arn(), Channel.Privacy.PUBLIC, null, 50).items()).isEmpty();
        assertRefused(Refusal.CONFLICT, () -> world.channels.create(alice, world.wanted("lobby"), "token-2"));
        assertRefused(Refusal.NOT_ALLOWED, () -> world.channels.update(channel, "again", null, null));
    }

    @Test
    void aRetryAfterTheDeletionIsAConflictAndBringsNothingBack() {
        Channel channel = world.channels.create(alice, world.wanted("lobby", bob), "token-1");
        world.channels.delete(channel);
        assertRefused(Refusal.CONFLICT, () -> world.channels.create(alice, world.wanted("lobby", bob), "token-1"));
        world.purge();
        assertRefused(Refusal.CONFLICT, () -> world.channels.create(alice, world.wanted("lobby", bob), "token-1"));
        assertThat(world.channels.find(channel.arn())).isNull();
    }

    @Test
    void aBatchAddsNoMoreThanMayBelongToAChannel() {
        Channel channel = world.channel(alice);
        var rows = new Batch();
        for (int i = 1; i < Limit.CHANNEL_MEMBERSHIPS.value() - 1; i++) {
            var member = new Membership(UserArn.user(world.appInstance.arn(), "filler" + i), Membership.Type.DEFAULT,
                    alice.arn(), world.clock.instant());
            world.memberships.record(rows, channel, member);
        }
        for (int i = 0; i < Limit.USER_MEMBERSHIPS.value(); i++) {
            var reference = new MemberChannel(new ChannelArn(world.appInstance.arn(), "channel-" + i),
                    "incarnation" + i);
            rows.put(Table.CHANNELS_BY_MEMBER, ChannelTables.channelsOf(bob.arn(), reference),
                    ChannelTables.memberChannel(reference), ChannelTables.row(reference));
        }
        storage.commit(rows);
        var newcomers = Stream.of(world.user("one"), bob, world.user("two"), world.user("three"))
                .map(user -> world.actors.named(user.toString(), world.appInstance.arn()))
                .toList();

        var additions = world.memberships.addAll(channel, alice.arn(), newcomers, Membership.Type.DEFAULT);

        assertThat(additions.added()).hasSize(1);
        assertThat(additions.refused()).hasSize(3)
                .allSatisfy((_, refused) -> assertThat(refused.refusal())
                        .isEqualTo(Refusal.RESOURCE_LIMIT_EXCEEDED));
    }

    @Test
    void aNewUserHasNoTagsOfAnAttemptThatFailed() {
        String arn = world.appInstance.arn() + "/user/dave";
        world.tags.add(arn, java.util.Map.of("key", "of an attempt"));
        world.user("dave");
        assertThat(world.tags.of(arn)).isEmpty();
    }

    @Test
    void nobodyBelongsToMoreChannelsThanMayBe() {
        Channel last = world.channel(alice);
        var batch = new Batch();
        for (int i = 1; i < Limit.USER_MEMBERSHIPS.value(); i++) {
            var reference = new MemberChannel(new ChannelArn(world.appInstance.arn(), "channel-" + i),
                    "incarnation" + i);
            batch.put(Table.CHANNELS_BY_MEMBER, ChannelTables.channelsOf(bob.arn(), reference),
                    ChannelTables.memberChannel(reference), ChannelTables.row(reference));
        }
        storage.commit(batch);
        world.channel(alice, bob);
        var user = world.actors.named(bob.toString(), world.appInstance.arn());

        assertRefused(Refusal.RESOURCE_LIMIT_EXCEEDED, () -> world.channel(alice, bob));
        assertRefused(Refusal.RESOURCE_LIMIT_EXCEEDED,
                () -> world.memberships.add(last, alice.arn(), user, Membership.Type.DEFAULT));
        assertThat(world.channels.list(world.appInstance.arn(), Channel.Privacy.PUBLIC, null, 50).items()).hasSize(2);
    }

    @Test
    void aUserOfAnotherAppInstanceSeesNothing() {
        var other = world.appInstances.create("other", null, java.util.Map.of(), "root", "another-token");
        Bearer foreigner = world.actors
                .bearer(world.users.create(other.arn(), "alice", "Alice", null, null, java.util.Map.of())
                        .arn()
                        .toString());
        String arn = world.channel(alice).arn().toString();
        assertRefused(Refusal.NOT_ALLOWED, () -> world.channels.standing(foreigner, arn));
        assertRefused(Refusal.INVALID_USER_IN_INPUT,
                () -> world.actors.named(foreigner.toString(), world.appInstance.arn()));
    }

    @Test
    void membersAreAddedOnceAndRemovedForGood() throws InterruptedException {
        Channel channel = world.channel(alice);
        world.drainEvents(1);
        var reference = new MemberChannel(channel.arn(), channel.incarnation());
        var user = world.actors.named(bob.toString(), world.appInstance.arn());
        world.memberships.add(channel, alice.arn(), user, Membership.Type.DEFAULT);
        assertRefused(Refusal.CONFLICT,
                () -> world.memberships.add(channel, alice.arn(), user, Membership.Type.HIDDEN));
        assertThat(world.channels.standing(bob, channel.arn().toString()).may(Action.SEND_MESSAGE)).isTrue();
        world.memberships.remove(reference, bob.arn());
        world.memberships.remove(reference, bob.arn());
        assertThat(world.channels.standing(bob, channel.arn().toString()).membership()).isNull();
        assertThat(world.memberships.channelsOf(bob.arn(), null, 50).items()).isEmpty();
        assertThat(world.nextEvent()).isInstanceOf(ChannelEvent.MembershipCreated.class);
        assertThat(world.nextEvent()).isInstanceOf(ChannelEvent.MembershipDeleted.class);
        assertThat(world.hasNoEvent()).isTrue();
    }

    @Test
    void aBatchTellsOneEventOfThoseWhoAreNew() throws InterruptedException {
        Channel channel = world.channel(alice, bob);
        world.drainEvents(2);
        Bearer carol = world.user("carol");
        var users = List.of(world.actors.named(bob.toString(), world.appInstance.arn()),
                world.actors.named(carol.toString(), world.appInstance.arn()));
        assertThat(world.memberships.addAll(channel, alice.arn(), users, Membership.Type.DEFAULT).added())
                .extracting(Membership::member)
                .containsExactly(carol.arn());
        assertThat(world.nextEvent()).isInstanceOfSatisfying(ChannelEvent.MembershipsCreated.class,
                created -> assertThat(created.memberships()).hasSize(1));
        assertThat(world.memberships.addAll(channel, alice.arn(), users, Membership.Type.DEFAULT).added()).isEmpty();
        assertThat(world.hasNoEvent()).isTrue();
    }

    @Test
    void aDeletedUserLeavesItsChannelsAndComesBackAsSomebodyNew() {
        Channel channel = world.channel(alice, bob);
        world.users.delete(bob.toString());
        assertRefused(Refusal.INVALID_BEARER, () -> world.actors.bearer(bob.toString()));
        assertRefused(Refusal.NOT_FOUND, () -> world.users.delete(bob.toString()));
        Bearer again = world.user("bob");
        assertThat(world.channels.standing(again, channel.arn().toString()).membership()).isNull();
        assertThat(world.channels.standing(alice, channel.arn().toString()).moderator()).isTrue();
        world.users.delete(alice.toString());
        assertThat(world.channels.standing(world.user("alice"), channel.arn().toString()).moderator()).isFalse();
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable call) {
        assertThatExceptionOfType(Refused.class).isThrownBy(call)
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }
}
