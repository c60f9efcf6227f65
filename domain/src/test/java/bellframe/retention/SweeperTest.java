package bellframe.retention;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.channels.Channel;
import bellframe.expiration.Expiration;
import bellframe.identity.Bearer;
import bellframe.identity.Retention;
import bellframe.messages.TestMessages;
import bellframe.names.MessageId;
import bellframe.storage.Table;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.TestClock;
import bellframe.testing.World;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What time does: expiration, retention, the end of request tokens.
class SweeperTest {

    private final MemoryStorage storage = new MemoryStorage();
    private final TestClock clock = new TestClock();
    private final World world = new World(storage, clock);
    private final Bearer alice = world.user("alice");
    private final Bearer bob = world.user("bob");
    private final Channel channel = world.channel(alice, bob);

    @AfterEach
    void close() {
        world.close();
        storage.close();
    }

    @Test
    void aChannelExpiresDaysAfterItsCreation() {
        world.channels.expire(channel, new Expiration(3, Expiration.Criterion.CREATED_TIMESTAMP));
        TestMessages.send(world, alice, channel, "does not count", null);
        sweepAfter(Duration.ofDays(3).minusMillis(1));
        assertThat(world.channels.find(channel.arn())).isNotNull();

        sweepAfter(Duration.ofMillis(1));

        assertThat(world.channels.find(channel.arn())).isNull();
    }

    @Test
    void aChannelExpiresDaysAfterItsLastMessage() {
        world.channels.expire(channel, new Expiration(3, Expiration.Criterion.LAST_MESSAGE_TIMESTAMP));
        sweepAfter(Duration.ofDays(2));
        TestMessages.send(world, alice, channel, "counts", null);
        sweepAfter(Duration.ofDays(2));
        assertThat(world.channels.find(channel.arn())).isNotNull();

        sweepAfter(Duration.ofDays(1));

        assertThat(world.channels.find(channel.arn())).isNull();
    }

    @Test
    void aChannelDoesNotExpireSoonerForItsMessagesBeingHidden() {
        clock.move(Duration.ofDays(300));
        TestMessages.send(world, alice, channel, "counts", null);
        world.channels.expire(channel, new Expiration(30, Expiration.Criterion.LAST_MESSAGE_TIMESTAMP));
        world.retentions.put(world.appInstance.arn(), 7);
        sweepAfter(Duration.ofDays(29));
        assertThat(TestMessages.contents(world, bob, channel)).isEmpty();
        assertThat(world.channels.find(channel.arn())).isNotNull();

        sweepAfter(Duration.ofDays(1));

        assertThat(world.channels.find(channel.arn())).isNull();
    }

    @Test
    void aChannelWhoseTimeIsExtendedOrTakenAwayStays() {
        Channel other = world.channel(alice);
        world.channels.expire(channel, new Expiration(3, Expiration.Criterion.CREATED_TIMESTAMP));
        world.channels.expire(other, new Expiration(3, Expiration.Criterion.CREATED_TIMESTAMP));
        clock.move(Duration.ofDays(4));
        world.channels.expire(channel, new Expiration(30, Expiration.Criterion.CREATED_TIMESTAMP));
        world.channels.expire(other, null);

        world.sweeper.sweep();
        assertThat(world.channels.find(channel.arn())).isNotNull();
        assertThat(world.channels.find(other.arn())).isNotNull();

        sweepAfter(Duration.ofDays(26));
        assertThat(world.channels.find(channel.arn())).isNull();
        assertThat(world.channels.find(other.arn())).isNotNull();
        world.purge();
        assertThat(storage.rowCounts()).doesNotContainKey(Table.EXPIRATIONS);
    }

    @Test
    void aChannelThatIsTooOldWhenItsTimeIsSetExpiresAtOnce() {
        clock.move(Duration.ofDays(10));
        world.channels.expire(channel, new Expiration(3, Expiration.Criterion.CREATED_TIMESTAMP));
        assertThat(world.channels.find(channel.arn())).isNotNull();

        world.sweeper.sweep();

        assertThat(world.channels.find(channel.arn())).isNull();
    }

    @Test
    void aUserExpires() {
        world.users.expire(bob.toString(), new Expiration(1, Expiration.Criterion.CREATED_TIMESTAMP));
        sweepAfter(Duration.ofHours(23));
        assertThat(world.actors.find(bob.arn())).isNotNull();

        sweepAfter(Duration.ofHours(1));
        world.purge();

        assertThat(world.actors.find(bob.arn())).isNull();
        assertThat(world.memberships.find(channel.incarnation(), bob.arn())).isNull();
    }

    @Test
    void messagesKeptLongEnoughAreHiddenAtOnceAndComeBackWithinTheGracePeriod() {
        MessageId old = TestMessages.send(world, alice, channel, "old", null);
        clock.move(Duration.ofDays(11));
        TestMessages.send(world, alice, channel, "new", null);

        Retention retention = world.retentions.put(world.appInstance.arn(), 10);
        assertThat(retention).isEqualTo(new Retention(10, clock.instant().plus(Retention.GRACE)));
        world.sweeper.sweep();
        assertThat(TestMessages.contents(world, bob, channel)).containsExactly("new");

        assertThat(world.retentions.put(world.appInstance.arn(), 100)).isEqualTo(
                new Retention(100, clock.instant().plus(Retention.GRACE)));
        assertThat(TestMessages.contents(world, bob, channel)).containsExactly("old", "new");
        world.retentions.put(world.appInstance.arn(), null);
        assertThat(world.channels.snapshot(channel, bob.arn()).lastMessage()).isAfter(old.position().timestamp());
    }

    @Test
    void messagesKeptLongEnoughAreRemovedAfterTheGracePeriod() {
        TestMessages.send(world, alice, channel, "old", null);
        TestMessages.send(world, bob, channel, "old too", alice.arn());
        clock.move(Duration.ofDays(11));
        TestMessages.send(world, alice, channel, "middle", null);
        world.retentions.put(world.appInstance.arn(), 10);
        clock.move(Retention.GRACE.minusMillis(1));
        TestMessages.send(world, alice, channel, "new", null);

        world.sweeper.sweep();
        assertThat(storage.rowCounts()).containsEntry(Table.MESSAGES, 4);
        sweepAfter(Duration.ofMillis(1));

        assertThat(storage.rowCounts()).containsEntry(Table.MESSAGES, 1).containsEntry(Table.MESSAGE_BUCKETS, 1);
        world.retentions.put(world.appInstance.arn(), null);
        assertThat(TestMessages.contents(world, bob, channel)).containsExactly("new");
    }

    @Test
    void aChannelKeepsItsOrderWhenAllItsMessagesAreRemoved() {
        MessageId last = TestMessages.send(world, alice, channel, "old", null);
        world.retentions.put(world.appInstance.arn(), 1);
        sweepAfter(Retention.GRACE);
        assertThat(storage.rowCounts()).doesNotContainKey(Table.MESSAGES);
        assertThat(world.channels.snapshot(channel).lastMessage()).isNull();
        clock.move(Retention.GRACE.negated().minusHours(1));

        try (var restarted = new World(storage, clock)) {
            MessageId next = TestMessages.send(restarted, alice, channel, "new", null);

            assertThat(next.position()).isGreaterThan(last.position());
        }
    }

    @Test
    void shorteningTheTimeBeginsAnotherGracePeriodAndExtendingItDoesNot() {
        Retention first = world.retentions.put(world.appInstance.arn(), 10);
        clock.move(Duration.ofDays(5));
        Retention extended = world.retentions.put(world.appInstance.arn(), 20);
        Retention shortened = world.retentions.put(world.appInstance.arn(), 15);

        assertThat(extended).isEqualTo(new Retention(20, java.util.Objects.requireNonNull(first).deletionBegins()));
        assertThat(shortened).isEqualTo(new Retention(15, clock.instant().plus(Retention.GRACE)));
    }

    @Test
    void requestTokensAreForgottenAfterTwoBucketsWithOthers() {
        int first = storage.rowCounts().getOrDefault(Table.REQUEST_TOKENS, 0);
        clock.move(Duration.ofHours(7));
        world.channel(alice);
        world.sweeper.sweep();
        assertThat(storage.rowCounts()).containsEntry(Table.REQUEST_TOKENS, first + 1);
        clock.move(Duration.ofHours(7));
        world.channel(alice);

        world.sweeper.sweep();

        assertThat(storage.rowCounts()).containsEntry(Table.REQUEST_TOKENS, 2)
                .containsEntry(Table.REQUEST_TOKEN_BUCKETS, 2);
    }

    private void sweepAfter(Duration time) {
        clock.move(time);
        world.sweeper.sweep();
    }
}
