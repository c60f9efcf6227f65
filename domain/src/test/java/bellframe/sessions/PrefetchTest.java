package bellframe.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.channels.Channel;
import bellframe.channels.Membership;
import bellframe.events.MessageSnapshot;
import bellframe.identity.Bearer;
import bellframe.messages.TestMessages;
import bellframe.names.Identity;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.TestClock;
import bellframe.testing.World;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrefetchTest {

    private final TestClock clock = new TestClock();
    private final World world = new World(new MemoryStorage(), clock);
    private final ChannelChoice choice = new ChannelChoice(world.channels, world.memberships, world.history,
            world.readMarkers);
    private final Bearer alice = world.user("alice");
    private final Bearer bob = world.user("bob");

    @AfterEach
    void close() {
        world.close();
        world.storage.close();
    }

    @Test
    void unreadChannelsComeFirstAndOwnMessagesAreNotUnread() {
        Channel read = world.channel(alice, bob);
        Channel unread = world.channel(alice, bob);
        Channel own = world.channel(alice, bob);
        Channel silent = world.channel(alice, bob);
        say(alice, unread);
        say(alice, read);
        markRead(read, bob);
        say(alice, own);
        markRead(own, bob);
        say(bob, own);

        assertThat(choice.choose(bob.arn(), PrefetchOrder.UNREAD, 3)).containsExactly(unread, own, read);
        assertThat(choice.choose(bob.arn(), PrefetchOrder.LAST_MESSAGE_TIMESTAMP, 3)).containsExactly(own, read,
                unread);
        assertThat(choice.choose(bob.arn(), PrefetchOrder.UNREAD, 4))
                .containsExactlyInAnyOrder(unread, own, read, silent);
    }

    @Test
    void aMessageForSomebodyElseMakesNoChannelUnread() {
        Bearer carol = world.user("carol");
        Channel whispered = world.channel(alice, bob, carol);
        Channel spoken = world.channel(alice, bob, carol);
        say(alice, spoken);
        clock.move(Duration.ofSeconds(1));
        TestMessages.send(world, alice, whispered, "only for carol", carol.arn());

        assertThat(choice.choose(bob.arn(), PrefetchOrder.UNREAD, 1)).containsExactly(spoken);
        assertThat(choice.choose(carol.arn(), PrefetchOrder.UNREAD, 1)).containsExactly(whispered);
    }

    @Test
    void ofManyChannelsThoseThatAreOlderAreNotConsidered() {
        List<Channel> channels = IntStream.range(0, ChannelChoice.CONSIDERED_MAX + 20)
                .mapToObj(_ -> world.channel(alice, bob))
                .toList();
        channels.forEach(channel -> say(alice, channel));

        assertThat(choice.choose(bob.arn(), PrefetchOrder.UNREAD, 2))
                .containsExactly(channels.getLast(), channels.get(channels.size() - 2));
    }

    @Test
    void detailsHoldTheNewestMessagesThatTheUserMaySee() {
        Bearer carol = world.user("carol");
        Channel channel = world.channel(alice, bob, carol);
        IntStream.range(0, 22).forEach(i -> TestMessages.send(world, alice, channel, "all " + i, null));
        TestMessages.send(world, alice, channel, "only for carol", carol.arn());
        markRead(channel, bob);

        ChannelDetails details = Objects.requireNonNull(world.prefetch.details(channel, bob.arn()));

        assertThat(details.messages()).extracting(MessageSnapshot::content)
                .containsExactlyElementsOf(IntStream.range(2, 22).mapToObj(i -> "all " + i).toList().reversed());
        assertThat(details.hasMore()).isTrue();
        assertThat(details.readMarker()).isEqualTo(now());
        assertThat(details.channel().arn()).isEqualTo(channel.arn().toString());
    }

    @Test
    void detailsNameNoHiddenMembersAndNotAll() {
        Channel channel = world.channel(alice, bob);
        Bearer spy = world.user("spy");
        world.memberships.add(channel, alice.arn(), world.actors.named(spy.toString(), world.appInstance.arn()),
                Membership.Type.HIDDEN);

        assertThat(details(channel, bob).members()).extracting(Identity::arn)
                .containsExactlyInAnyOrder(alice.toString(), bob.toString());
        IntStream.range(0, 40).forEach(i -> {
            Bearer user = world.user("member-" + i);
            world.memberships.add(channel, alice.arn(),
                    world.actors.named(user.toString(), world.appInstance.arn()), Membership.Type.DEFAULT);
        });
        ChannelDetails details = details(channel, spy);
        assertThat(details.members()).hasSize(30).extracting(Identity::arn).doesNotContain(spy.toString());
        assertThat(details.messages()).isEmpty();
        assertThat(details.hasMore()).isFalse();
        assertThat(details.readMarker()).isNull();
    }

    @Test
    void thereIsNothingToTellOfAChannelThatIsGone() {
        Channel channel = world.channel(alice, bob);
        world.channels.delete(channel);

        assertThat(world.prefetch.details(channel, bob.arn())).isNull();
    }

    @Test
    void theRateOfConnectsIsCountedAnewEachSecond() {
        var nanos = new AtomicLong();
        var rate = new ConnectRate(2, (Ticker) nanos::get);

        assertThat(List.of(rate.allows("a"), rate.allows("a"), rate.allows("a"), rate.allows("b")))
                .containsExactly(true, true, false, true);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(rate.allows("a")).isTrue();
    }

    private ChannelDetails details(Channel channel, Bearer user) {
        return Objects.requireNonNull(world.prefetch.details(channel, user.arn()));
    }

    private void say(Bearer sender, Channel channel) {
        clock.move(Duration.ofSeconds(1));
        TestMessages.send(world, sender, channel, "something", null);
    }

    private void markRead(Channel channel, Bearer user) {
        clock.move(Duration.ofSeconds(1));
        world.readMarkers.put(channel.incarnation(), user.arn(), now());
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
