package bellframe.bots;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.channels.Channel;
import bellframe.channels.Membership;
import bellframe.events.MessageSnapshot;
import bellframe.flows.ChannelFlow.Fallback;
import bellframe.flows.ChannelFlow.Processor;
import bellframe.identity.AppInstanceBot.Standard;
import bellframe.identity.Bearer;
import bellframe.messages.TestMessages;
import bellframe.names.MessageId;
import bellframe.outbox.DeliveryFailed;
import bellframe.outbox.OutboxKind;
import bellframe.storage.Table;
import bellframe.testing.HookedStorage;
import bellframe.testing.TestBots.Asked;
import bellframe.testing.TestClock;
import bellframe.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BotConversationsTest {

    private static final String REPLY = "application/amz-chime-lex-msgs";
    private static final String ERROR = "application/amz-chime-lex-error";

    private final HookedStorage storage = new HookedStorage();
    private final TestClock clock = new TestClock();
    private final World world = new World(storage, clock);
    private final Bearer alice = world.user("alice");
    private final Bearer bob = world.user("bob");

    @AfterEach
    void close() {
        world.close();
        storage.close();
    }

    @Test
    void aBotAnswersAMessageAsItselfOnce() throws InterruptedException {
        Bearer bot = bot(Standard.ALL);
        Channel channel = world.channel(alice, bot);

        MessageId message = TestMessages.send(world, alice, channel, "hello", null);

        Asked asked = world.runtimes.next();
        assertThat(asked.text()).isEqualTo("hello");
        assertThat(asked.begun()).isFalse();
        assertThat(asked.question().localeId()).isEqualTo("en_US");
        assertThat(asked.question().attributes()).isEqualTo(Map.of("CHIME.channel.arn", channel.arn().toString(),
                "CHIME.sender.arn", alice.toString()));
        MessageSnapshot reply = awaitReply(channel, bot);
        assertThat(reply.content())
                .isEqualTo("{\"Messages\":[{\"Content\":\"hello\",\"ContentType\":\"PlainText\"}]}");
        assertThat(reply.contentType()).isEqualTo(REPLY);
        assertThat(reply.type()).isEqualTo("STANDARD");
        assertThat(reply.persistent()).isTrue();
        assertThat(reply.target()).isNull();
        assertThat(reply.attributes()).isEqualTo(Map.of(
                "CHIME.LEX.sessionState.intent.name", List.of("Echo"),
                "CHIME.LEX.sessionState.intent.state", List.of("Fulfilled"),
                "CHIME.LEX.sessionState.originatingRequestId", List.of(message.text()),
                "CHIME.LEX.sessionState.sessionId", List.of(asked.question().sessionId())));
        awaitDelivered();
        assertThat(world.runtimes.isQuiet()).isTrue();
        await(() -> !storage.rows.rowCounts().containsKey(Table.OUTBOX_LANES));
        assertThat(storage.rows.rowCounts()).doesNotContainKey(Table.OUTBOX);
    }

    @ParameterizedTest
    @CsvSource({
            "ALL, false, false, true", "ALL, true, false, true",
            "AUTO, false, false, true", "AUTO, true, false, false", "AUTO, true, true, true",
            "MENTIONS, false, false, false", "MENTIONS, false, true, true", "MENTIONS, true, true, true",
            "NONE, false, true, false"})
    void aBotIsInvokedByWhatItsConfigurationSays(Standard standard, boolean others, boolean mentioned,
            boolean invoked) throws InterruptedException {
        Bearer bot = bot(standard);
        Bearer always = world.bot("always", Standard.ALL, false, null);
        Channel channel = others ? world.channel(alice, bob, bot) : world.channel(alice, bot);
        world.memberships.add(channel, alice.arn(), world.actors.named(always.toString(), world.appInstance.arn()),
                Membership.Type.HIDDEN);

        TestMessages.mention(world, alice, channel, "hello", mentioned ? new Bearer[]{bot} : new Bearer[]{always});
        awaitDelivered();

        List<String> asked = world.runtimes.all().stream().map(one -> one.question().botAliasArn()).toList();
        assertThat(asked).contains(alias(always));
        assertThat(asked.contains(alias(bot))).isEqualTo(invoked);
    }

    private String alias(Bearer bot) {
        return world.bots.require(bot.toString()).lex().botAliasArn();
    }

    @Test
    void whoComesAndGoesCountsForBotsThatAreAlone() throws InterruptedException {
        Bearer bot = bot(Standard.AUTO);
        Channel channel = world.channel(alice, bot);
        TestMessages.send(world, alice, channel, "alone", null);
        assertThat(world.runtimes.next().text()).isEqualTo("alone");
        var member = world.actors.named(bob.toString(), world.appInstance.arn());
        world.memberships.add(channel, alice.arn(), member, Membership.Type.DEFAULT);
        TestMessages.send(world, alice, channel, "not alone", null);
        world.memberships.remove(channel.reference(), bob.arn());
        TestMessages.send(world, alice, channel, "alone again", null);
        assertThat(world.runtimes.next().text()).isEqualTo("alone again");
    }

    @Test
    void nothingButANewStandardMessageOfAUserInvokesABot() throws InterruptedException {
        Bearer bot = bot(Standard.ALL);
        Bearer other = world.bot("other", Standard.ALL, false, null);
        Channel channel = world.channel(alice, bot, other);
        TestMessages.sendControl(world, alice, channel);
        TestMessages.send(world, other, channel, "do not talk to each other", null);
        MessageId message = TestMessages.send(world, alice, channel, "one", null);
        TestMessages.update(world, alice, channel, message, "two");
        TestMessages.redact(world, alice, channel, message);
        awaitDelivered();
        assertThat(List.of(world.runtimes.next().text(), world.runtimes.next().text())).containsOnly("one");
        assertThat(world.runtimes.isQuiet()).isTrue();
    }

    @Test
    void whatIsTargetedAtABotIsAnsweredToWhoeverAskedOnly() throws InterruptedException {
        Bearer bot = bot(Standard.NONE);
        Bearer deaf = world.bot("deaf", Standard.ALL, false, null);
        Channel channel = world.channel(alice, bob, bot, deaf);
        TestMessages.send(world, alice, channel, "psst", deaf.arn());
        TestMessages.send(world, alice, channel, "psst", bob.arn());
        TestMessages.send(world, alice, channel, "psst", bot.arn());

        MessageSnapshot reply = awaitReply(channel, bot);

        assertThat(reply.target()).isEqualTo(alice.toString());
        assertThat(world.runtimes.next().question().botAliasArn()).endsWith("/bot");
        assertThat(world.runtimes.isQuiet()).isTrue();
        assertThat(TestMessages.senders(world, bob, channel)).doesNotContain(bot.toString());
    }

    @Test
    void aBotThatIsAddedSaysItsWelcome() throws InterruptedException {
        Bearer bot = world.bot("bot", Standard.ALL, false, "Hello");
        Bearer shy = bot(Standard.ALL);
        Channel founded = world.channel(alice, bot);
        Channel channel = world.channel(alice);

        var newcomers = List.of(bob, bot, shy)
                .stream()
                .map(member -> world.actors.named(member.toString(), world.appInstance.arn()))
                .toList();
        world.memberships.addAll(channel, alice.arn(), newcomers, Membership.Type.DEFAULT);

        Asked welcome = world.runtimes.next();
        assertThat(welcome.begun()).isTrue();
        assertThat(welcome.text()).isEqualTo("Hello");
        assertThat(welcome.question().attributes()).isEqualTo(Map.of("CHIME.channel.arn", channel.arn().toString()));
        assertThat(awaitReply(channel, bot).content()).contains("\"Content\":\"Hello\"");
        awaitDelivered();
        TestMessages.send(world, alice, channel, "continue", null);
        assertThat(world.runtimes.next().question().sessionId()).isEqualTo(welcome.question().sessionId());
        assertThat(TestMessages.senders(world, alice, founded)).isEmpty();
    }

    @Test
    void usersDoNotShareASession() throws InterruptedException {
        Bearer bot = bot(Standard.ALL);
        Channel channel = world.channel(alice, bob, bot);
        Channel elsewhere = world.channel(alice, bot);
        TestMessages.send(world, alice, channel, "1", null);
        TestMessages.send(world, bob, channel, "2", null);
        TestMessages.send(world, alice, channel, "3", null);
        awaitDelivered();
        TestMessages.send(world, alice, elsewhere, "4", null);
        List<String> sessions = List.of(session(), session(), session(), session());
        assertThat(sessions.get(0)).isEqualTo(sessions.get(2)).hasSizeBetween(2, 100);
        assertThat(sessions.get(1)).isNotEqualTo(sessions.get(0));
        assertThat(sessions.get(3)).isNotIn(sessions.get(0), sessions.get(1));
    }

    private String session() throws InterruptedException {
        return world.runtimes.next().question().sessionId();
    }

    @Test
    void aBotThatMayNotBeAskedSaysSo() throws InterruptedException {
        Bearer bot = bot(Standard.ALL);
        Channel channel = world.channel(alice, bot);
        world.runtimes.answerWith(_ -> {
            throw new BotForbidden("no access");
        });

        TestMessages.send(world, alice, channel, "hello", null);

        assertFailure(channel, bot, 403, "no access");
    }

    @Test
    void aBotThatIsNotThereFailsAfterAFewAttempts() throws InterruptedException {
        Bearer bot = bot(Standard.ALL);
        Channel channel = world.channel(alice, bot);
        world.runtimes.answerWith(_ -> {
            throw DeliveryFailed.transientFailure("down");
        });

        TestMessages.send(world, alice, channel, "hello", null);

        assertFailure(channel, bot, 500, "down");
        for (int attempt = 0; attempt < 4; attempt++) {
            assertThat(world.runtimes.next().text()).isEqualTo("hello");
        }
        assertThat(world.runtimes.isQuiet()).isTrue();
    }

    @Test
    void whatIsTooLongForABotIsNotAskedAndWhatItSaysMustFitAMessage() throws InterruptedException {
        Bearer bot = bot(Standard.ALL);
        Channel channel = world.channel(alice, bot);
        TestMessages.send(world, alice, channel, "€".repeat(1_024), null);
        assertThat(awaitReply(channel, bot).contentType()).isEqualTo(REPLY);
        assertThat(world.runtimes.next().text()).hasSize(1_024);

        TestMessages.send(world, alice, channel, "a".repeat(1_025), null);
        assertFailure(channel, bot, 500, "Input exceeds the Lex limit of 1024 characters");
        assertThat(world.runtimes.isQuiet()).isTrue();

        world.runtimes
                .answerWith(asked -> new BotReply("[\"" + "a".repeat(4_096) + "\"]", null, null, null, "session"));
        TestMessages.send(world, alice, channel, "tell me everything", null);
        assertFailure(channel, bot, 500, "the answer is larger than a message may be");
    }

    @Test
    void aFlowComesBeforeTheBot() throws InterruptedException {
        Bearer bot = bot(Standard.ALL);
        Channel channel = world.channel(alice, bot);
        String flow = world.flows.create(world.appInstance.arn(), "flow",
                List.of(new Processor("processor", "arn:aws:lambda:us-east-1:123456789012:function:f", 1,
                        Fallback.ABORT)),
                Map.of(), "root", "the-token-of-the-flow").arn().toString();
        world.flows.associate(channel, flow);
        MessageId message = TestMessages.send(world, alice, channel, "hello", null);
        String callback = world.processors.next().text("CallbackId");
        assertThat(world.runtimes.isQuiet()).isTrue();

        TestMessages.callBack(world, channel, message, callback, false);

        assertThat(world.runtimes.next().text()).isEqualTo("hello");
        assertThat(world.processors.next().event()).contains(bot.toString(), REPLY);
    }

    @Test
    void aQuestionThatIsAskedAgainIsAnsweredOnce() throws InterruptedException {
        Bearer bot = bot(Standard.ALL);
        Channel channel = world.channel(alice, bot);
        storage.refuseOnce.set(batch -> batch.writes()
                .stream()
                .anyMatch(write -> write.table() == Table.OUTBOX && write.value() == null));
        TestMessages.send(world, alice, channel, "hello", null);
        String first = world.runtimes.next().question().id();
        world.runtimes.answerWith(asked -> new BotReply("[]", "Other", "Failed", "other", "other"));
        assertThat(world.runtimes.next().question().id()).isEqualTo(first);
        awaitDelivered();
        assertThat(TestMessages.senders(world, alice, channel)).containsExactly(alice.toString(), bot.toString());
    }

    @Test
    void aBotThatHasLeftIsNotAsked() throws InterruptedException {
        Bearer bot = bot(Standard.ALL);
        Channel channel = world.channel(alice, bot);
        world.runtimes.answerWith(_ -> {
            world.memberships.remove(channel.reference(), bot.arn());
            throw DeliveryFailed.transientFailure("down");
        });
        TestMessages.send(world, alice, channel, "hello", null);
        awaitDelivered();
        assertThat(world.runtimes.next().text()).isEqualTo("hello");
        assertThat(world.runtimes.isQuiet()).isTrue();
        assertThat(TestMessages.senders(world, alice, channel)).containsExactly(alice.toString());
        assertThat(world.alerts).isEmpty();
    }

    private Bearer bot(Standard standard) {
        return world.bot(standard == Standard.NONE ? "bot" : standard.name(), standard, standard == Standard.NONE,
                null);
    }

    private void assertFailure(Channel channel, Bearer bot, int code, String reason) throws InterruptedException {
        MessageSnapshot reply = awaitReply(channel, bot);
        assertThat(reply.contentType()).isEqualTo(ERROR);
        assertThat(reply.content()).isEqualTo("{\"Code\":" + code + "}");
        await(() -> !world.alerts.isEmpty());
        var alert = world.alerts.take();
        assertThat(alert.detailType()).isEqualTo("Chime Messaging AppInstanceBot Lex Failure");
        assertThat(alert.detail()).isEqualTo(Map.of("resourceArn", bot.toString(), "failureReason", reason));
        awaitDelivered();
    }

    private MessageSnapshot awaitReply(Channel channel, Bearer bot) {
        var newest = new AtomicReference<MessageSnapshot>();
        await(() -> {
            TestMessages.newest(world, alice, channel).ifPresent(newest::set);
            return newest.get() != null && newest.get().sender().arn().equals(bot.toString());
        });
        return newest.get();
    }

    private void awaitDelivered() {
        await(() -> world.outbox.waiting(OutboxKind.BOT) == 0);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it takes too long").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
