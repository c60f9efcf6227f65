package bellframe.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import bellframe.alerts.Alert;
import bellframe.channels.Channel;
import bellframe.events.ChannelEvent;
import bellframe.events.ChannelEvent.MessageHeld;
import bellframe.events.MessageSnapshot;
import bellframe.flows.ChannelFlow.Fallback;
import bellframe.flows.ChannelFlow.Processor;
import bellframe.identity.Bearer;
import bellframe.names.MessageId;
import bellframe.names.UserArn;
import bellframe.outbox.DeliveryFailed;
import bellframe.outbox.OutboxKind;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.TestClock;
import bellframe.testing.TestProcessors.Call;
import bellframe.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageFlowsTest {

    private static final String LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:";

    private final MemoryStorage storage = new MemoryStorage();
    private final TestClock clock = new TestClock();
    private World world = new World(storage, clock);
    private final Bearer alice = world.user("alice");
    private final Bearer bob = world.user("bob");
    private final Channel channel = world.channel(alice, bob);
    private final String arn = channel.arn().toString();

    @AfterEach
    void close() {
        world.close();
        storage.close();
    }

    @Test
    void aMessageWaitsForTheProcessorAndIsThenEverybodys() throws InterruptedException {
        flow(Fallback.ABORT);
        MessageId id = send("hello");
        assertHeld("PENDING", MessageHeld.Change.CREATE, "hello");
        assertThat(get(alice, id).status()).isEqualTo("PENDING");
        assertRefused(Refusal.NOT_FOUND, () -> get(bob, id));
        assertThat(TestMessages.contents(world, bob, channel)).isEmpty();
        assertThat(TestMessages.contents(world, alice, channel)).containsExactly("hello");
        assertThat(world.history.forAll(channel)).isNull();

        Call call = world.processors.next();
        assertThat(call.processorArn()).isEqualTo(LAMBDA + 0);
        assertThat(call.event()).contains("\"EventType\":\"CHANNEL_MESSAGE_EVENT\"", "\"Content\":\"hello\"",
                "\"Persistence\":\"PERSISTENT\"", "\"Type\":\"STANDARD\"", "\"ChannelArn\":\"" + arn + '"')
                .doesNotContain("Status", "Redacted", "LastUpdatedTimestamp");
        assertThat(call.text("MessageId")).isEqualTo(id.text());
        answer(call, id, new Replacement("HELLO", null, null, null, null));

        var created = (ChannelEvent.MessageCreated) world.nextEvent();
        assertThat(created.message().content()).isEqualTo("HELLO");
        assertThat(created.message().messageId()).isEqualTo(id.text());
        assertThat(created.message().status()).isEqualTo("SENT");
        assertThat(get(bob, id).content()).isEqualTo("HELLO");
        assertThat(get(bob, id).edited()).isNull();
        assertThat(world.history.forAll(channel)).isEqualTo(id.position().timestamp());
    }

    @Test
    void aSecondCallbackConflictsAndAnotherIsRefused() throws InterruptedException {
        flow(Fallback.ABORT);
        MessageId id = send("hello");
        Call call = world.processors.next();
        assertRefused(Refusal.NOT_ALLOWED,
                () -> world.messageFlows.answer(arn, UUID.randomUUID().toString(), id.text(), false, Replacement.NONE));
        MessageId other = send("other");
        assertRefused(Refusal.NOT_ALLOWED, () -> answer(call, other, Replacement.NONE));
        assertRefused(Refusal.NOT_ALLOWED,
                () -> world.messageFlows.answer(arn + "x", call.text("CallbackId"), id.text(),
                        false, Replacement.NONE));
        assertRefused(Refusal.INVALID_INPUT,
                () -> answer(call, id, new Replacement("x".repeat(4_097), null, null, null, null)));
        answer(call, id, Replacement.NONE);
        assertRefused(Refusal.CONFLICT, () -> answer(call, id, Replacement.NONE));
        assertRefused(Refusal.CONFLICT, () -> deny(call, id));
        assertThat(get(bob, id).content()).isEqualTo("hello");
    }

    @Test
    void whatIsDeniedIsGone() throws InterruptedException {
        flow(Fallback.CONTINUE);
        MessageId id = send("rude");
        assertHeld("PENDING", MessageHeld.Change.CREATE, "rude");
        deny(world.processors.next(), id);
        assertHeld("DENIED", MessageHeld.Change.CREATE, "rude");
        assertRefused(Refusal.NOT_FOUND, () -> get(alice, id));
        assertRefused(Refusal.NOT_ALLOWED, () -> world.messages.getOwn(alice, arn, id.text()));
        assertThat(TestMessages.contents(world, alice, channel)).isEmpty();
    }

    @Test
    void anEditWaitsWhileOthersReadTheOldVersion() throws InterruptedException {
        MessageId id = sent("old");
        assertThat(update(id, "new")).isEqualTo(Message.Status.PENDING);
        assertHeld("PENDING", MessageHeld.Change.UPDATE, "new");
        assertThat(get(bob, id).content()).isEqualTo("old");
        assertThat(get(bob, id).status()).isEqualTo("SENT");
        assertThat(get(alice, id).content()).isEqualTo("new");
        assertThat(get(alice, id).status()).isEqualTo("PENDING");
        assertRefused(Refusal.CONFLICT, () -> update(id, "newer"));
        assertRefused(Refusal.CONFLICT, () -> world.messages.redact(alice, arn, id.text()));
        Call call = world.processors.next();
        assertThat(call.event()).contains("\"Content\":\"new\"", "LastEditedTimestamp");
        answer(call, id, new Replacement("NEW", "meta", null, null, null));
        var updated = (ChannelEvent.MessageUpdated) world.nextEvent();
        assertThat(updated.message().content()).isEqualTo("NEW");
        assertThat(get(bob, id).content()).isEqualTo("NEW");
        assertThat(get(bob, id).metadata()).isEqualTo("meta");
        assertThat(get(bob, id).edited()).isNotNull();
        assertRefused(Refusal.CONFLICT, () -> answer(call, id, Replacement.NONE));
    }

    @Test
    void ofAMessageThatIsEditedAgainAndAgainNotAllCallbacksAreKept() throws InterruptedException {
        MessageId id = sent("old");
        for (int i = 0; i <= FlowRun.SPENT_MAX; i++) {
            update(id, "edit " + i);
            answer(world.processors.next(), id, Replacement.NONE);
        }
        byte[] run = Objects.requireNonNull(FlowRunTables.row(storage, channel.incarnation(), id.position()));
        assertThat(FlowRunTables.fromRow(run).spent()).hasSize(FlowRun.SPENT_MAX);
    }

    @Test
    void aDeniedOrFailedEditLeavesTheOldVersion() throws InterruptedException {
        MessageId id = sent("old");
        update(id, "rude");
        assertHeld("PENDING", MessageHeld.Change.UPDATE, "rude");
        deny(world.processors.next(), id);
        assertHeld("DENIED", MessageHeld.Change.UPDATE, "rude");
        assertThat(get(alice, id).content()).isEqualTo("old");
        assertThat(get(alice, id).status()).isEqualTo("SENT");

        world.processors.failWith(() -> DeliveryFailed.permanentFailure("function not found"));
        update(id, "newer");
        assertHeld("PENDING", MessageHeld.Change.UPDATE, "newer");
        assertHeld("FAILED", MessageHeld.Change.UPDATE, "newer");
        assertThat(get(bob, id).content()).isEqualTo("old");
        assertThat(get(alice, id).status()).isEqualTo("FAILED");
        world.processors.failWith(null);
        update(id, "newest");
        assertHeld("PENDING", MessageHeld.Change.UPDATE, "newest");
        answer(world.processors.next(), id, Replacement.NONE);
        assertThat(((ChannelEvent.MessageUpdated) world.nextEvent()).message().content()).isEqualTo("newest");
    }

    @Test
    void aMessageFailsIfItsProcessorCannotBeCalled() throws InterruptedException {
        flow(Fallback.ABORT);
        world.processors.failWith(() -> DeliveryFailed.permanentFailure("function not found"));
        MessageId id = send("hello");
        assertHeld("PENDING", MessageHeld.Change.CREATE, "hello");
        assertHeld("FAILED", MessageHeld.Change.CREATE, "hello");
        MessageSnapshot own = world.messages.getOwn(alice, arn, id.text());
        assertThat(own.status()).isEqualTo("FAILED");
        assertThat(own.statusDetail()).isNotEmpty();
        assertRefused(Refusal.NOT_FOUND, () -> get(bob, id));
        assertRefused(Refusal.CONFLICT, () -> update(id, "again"));
        Alert alert = alert();
        assertThat(alert.detailType()).isEqualTo("Chime ChannelFlow Processing Status");
        assertThat(alert.detail()).containsExactly(Map.entry("eventType", "ProcessorInvocationFailure"),
                Map.entry("appInstanceArn", world.appInstance.arn().toString()), Map.entry("channelArn", arn),
                Map.entry("messageId", id.text()), Map.entry("processorResourceArn", LAMBDA + 0),
                Map.entry("failureReason", "function not found"));
    }

    @Test
    void aMessageIsSentUnchangedIfItsProcessorCannotBeCalledAndThatIsToGoOn() throws InterruptedException {
        flow(Fallback.CONTINUE);
        world.processors.failWith(() -> DeliveryFailed.transientFailure("connection refused"));
        MessageId id = send("hello");
        assertHeld("PENDING", MessageHeld.Change.CREATE, "hello");
        assertThat(((ChannelEvent.MessageCreated) world.nextEvent()).message().content()).isEqualTo("hello");
        assertThat(get(bob, id).content()).isEqualTo("hello");
        assertThat(alert().detail()).containsEntry("failureReason", "connection refused");
        String callbackId = world.processors.nextFailed().text("CallbackId");
        IntStream.range(0, 3).forEach(_ -> assertThat(failed().text("CallbackId")).isEqualTo(callbackId));
    }

    @Test
    void whatIsOnlyBusyIsTriedAgain() throws InterruptedException {
        flow(Fallback.ABORT);
        world.processors.failWith(() -> DeliveryFailed.throttled("429", Duration.ofMillis(1)));
        MessageId id = send("hello");
        Call failed = world.processors.nextFailed();
        world.processors.failWith(null);
        Call call = world.processors.next();
        assertThat(call).isEqualTo(failed);
        answer(call, id, Replacement.NONE);
        assertThat(get(bob, id).content()).isEqualTo("hello");
        assertThat(world.alerts).isEmpty();
    }

    @Test
    void processorsFollowEachOtherAndSeeWhatTheOnesBeforeMade() throws InterruptedException {
        flow(Fallback.ABORT, Fallback.CONTINUE, Fallback.ABORT);
        MessageId id = send("one");
        assertHeld("PENDING", MessageHeld.Change.CREATE, "one");
        Call first = world.processors.next();
        answer(first, id, new Replacement("two", "meta", null, Map.of("a", List.of("b")), null));
        Call second = world.processors.next();
        assertThat(second.processorArn()).isEqualTo(LAMBDA + 1);
        assertThat(second.event()).contains("\"Content\":\"two\"", "\"Metadata\":\"meta\"", "MessageAttributes");
        assertThat(second.text("CallbackId")).isNotEqualTo(first.text("CallbackId"));
        assertRefused(Refusal.CONFLICT, () -> answer(first, id, Replacement.NONE));
        world.processors.failWith(() -> DeliveryFailed.permanentFailure("gone"));
        answer(second, id, new Replacement("three", null, null, null, null));
        assertHeld("FAILED", MessageHeld.Change.CREATE, "three");
        assertThat(world.processors.nextFailed().processorArn()).isEqualTo(LAMBDA + 2);
        assertThat(alert().detail()).containsEntry("processorResourceArn", LAMBDA + 2);
    }

    @Test
    void whatWaitsIsHandedOverAfterARestart() throws InterruptedException {
        flow(Fallback.ABORT);
        world.processors.failWith(() -> DeliveryFailed.throttled("429", Duration.ofHours(1)));
        MessageId id = send("hello");
        world.processors.nextFailed();
        world.close();
        world = new World(storage, clock);
        Call call = world.processors.next();
        answer(call, id, Replacement.NONE);
        assertThat(get(bob, id).content()).isEqualTo("hello");
        assertThat(world.outbox.waiting(OutboxKind.FLOW)).isLessThanOrEqualTo(1);
    }

    @Test
    void whatComesWhileItIsCountedWhatEarlierRunsLeftIsCountedOnce() throws InterruptedException {
        flow(Fallback.ABORT);
        for (int i = 0; i < 100; i++) {
            world.close();
            world = new World(storage, clock);
            MessageId id = send("message " + i);
            answer(world.processors.next(), id, Replacement.NONE);
            // What was handed over is removed a little later; whoever waits in vain is ended by JUnit.
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
                while (world.outbox.waiting(OutboxKind.FLOW) != 0) {
                    Thread.onSpinWait();
                }
            });
        }
    }

    @Test
    void callbacksAtOnceBeginOneTurnAndLeaveNothingCounted() throws Exception {
        flow(Fallback.ABORT, Fallback.ABORT);
        for (int i = 0; i < 300; i++) {
            MessageId id = send("message " + i);
            Call call = world.processors.next();
            var others = CompletableFuture.runAsync(() -> answerOrConflict(call, id));
            answerOrConflict(call, id);
            others.get(10, TimeUnit.SECONDS);
            answer(world.processors.next(), id, Replacement.NONE);
        }
        assertThat(world.processors.isQuiet()).isTrue();
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            while (world.outbox.waiting(OutboxKind.FLOW) != 0) {
                Thread.onSpinWait();
            }
        });
    }

    private void answerOrConflict(Call call, MessageId id) {
        try {
            answer(call, id, Replacement.NONE);
        } catch (Refused refused) {
            assertThat(refused.refusal()).isEqualTo(Refusal.CONFLICT);
        }
    }

    @Test
    void whoDoesNotCallBackInTimeIsTooLate() throws InterruptedException {
        flow(Fallback.CONTINUE);
        MessageId id = send("hello");
        assertHeld("PENDING", MessageHeld.Change.CREATE, "hello");
        Call call = world.processors.next();
        clock.move(Duration.ofHours(47));
        world.messageFlows.endOverdue();
        assertThat(get(alice, id).status()).isEqualTo("PENDING");
        clock.move(Duration.ofHours(1));
        world.messageFlows.endOverdue();
        assertHeld("FAILED", MessageHeld.Change.CREATE, "hello");
        assertThat(alert().detail()).containsKey("failureReason");
        assertRefused(Refusal.NOT_ALLOWED, () -> answer(call, id, Replacement.NONE));
        assertThat(FlowRunTables.row(storage, channel.incarnation(), id.position())).isNull();

        MessageId other = send("other");
        Call late = world.processors.next();
        clock.move(FlowRun.DEADLINE.plusMillis(1));
        assertRefused(Refusal.NOT_ALLOWED, () -> answer(late, other, Replacement.NONE));
    }

    @Test
    void whoeverIsCalledWhileTheClockIsBehindHasNoMoreTime() throws InterruptedException {
        flow(Fallback.ABORT);
        clock.move(Duration.ofDays(5));
        world.messageFlows.endOverdue();
        clock.move(Duration.ofDays(-5));
        send("hello");
        assertHeld("PENDING", MessageHeld.Change.CREATE, "hello");
        world.processors.next();
        clock.move(FlowRun.DEADLINE);
        world.messageFlows.endOverdue();
        assertHeld("FAILED", MessageHeld.Change.CREATE, "hello");
    }

    @Test
    void anEndedRunIsForgottenOnceNobodyMayCallBack() throws InterruptedException {
        flow(Fallback.ABORT);
        MessageId id = send("hello");
        Call call = world.processors.next();
        answer(call, id, Replacement.NONE);
        clock.move(FlowRun.DEADLINE.plusHours(30));
        world.messageFlows.endOverdue();
        assertThat(FlowRunTables.row(storage, channel.incarnation(), id.position())).isNull();
        assertRefused(Refusal.NOT_ALLOWED, () -> answer(call, id, Replacement.NONE));
    }

    @Test
    void whatIsNotPersistentPassesWithoutATrace() throws InterruptedException {
        flow(Fallback.ABORT);
        MessageId id = send("hello", false, null, "token-1").id();
        var held = (MessageHeld) world.nextEvent();
        assertThat(held.message().persistent()).isFalse();
        assertRefused(Refusal.NOT_FOUND, () -> get(alice, id));
        Call call = world.processors.next();
        assertThat(call.event()).contains("\"Persistence\":\"NON_PERSISTENT\"");
        world.close();
        world = new World(storage, clock);
        assertThat(send("hello", false, null, "token-1").id()).isEqualTo(id);
        answer(call, id, new Replacement("HELLO", null, null, null, null));
        var created = (ChannelEvent.MessageCreated) world.nextEvent();
        assertThat(created.message().content()).isEqualTo("HELLO");
        assertThat(created.message().persistent()).isFalse();
        assertThat(TestMessages.contents(world, bob, channel)).isEmpty();
        assertThat(world.history.forAll(channel)).isNull();
    }

    @Test
    void aTargetedMessageIsTheTargetsOnlyOnceItIsSent() throws InterruptedException {
        flow(Fallback.ABORT);
        MessageId id = send("psst", true, bob.arn(), "token-1").id();
        assertThat(world.heads.lastTargeted(channel.incarnation(), bob.arn())).isNull();
        Call call = world.processors.next();
        assertThat(call.event()).contains("\"Target\":[{\"MemberArn\":\"" + bob.arn() + "\"}]");
        assertRefused(Refusal.NOT_FOUND, () -> get(bob, id));
        answer(call, id, Replacement.NONE);
        assertThat(get(bob, id).content()).isEqualTo("psst");
        assertThat(world.heads.lastTargeted(channel.incarnation(), bob.arn())).isEqualTo(id.position());
        assertThat(world.history.forAll(channel)).isNull();
    }

    @Test
    void aRetriedSendIsAnsweredAsTheFirst() throws InterruptedException {
        flow(Fallback.ABORT);
        Sent first = send("hello", true, null, "token-1");
        answer(world.processors.next(), first.id(), Replacement.NONE);
        Sent second = send("hello", true, null, "token-1");
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.held()).isTrue();
        assertThat(world.processors.isQuiet()).isTrue();
    }

    @Test
    void theProcessorGetsMessagesInTheOrderOfTheChannel() throws InterruptedException {
        flow(Fallback.ABORT);
        List<String> ids = IntStream.range(0, 100).mapToObj(i -> send("message " + i).text()).toList();
        List<String> called = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            called.add(world.processors.next().text("MessageId"));
        }
        assertThat(called).isEqualTo(ids);
    }

    @Test
    void aDeadProcessorIsLeftAloneAndItsMessagesFailOnceTheyHaveWaitedAWhile() throws InterruptedException {
        flow(Fallback.ABORT);
        world.processors.failWith(() -> DeliveryFailed.transientFailure("connection refused"));
        int count = 200;
        IntStream.range(0, count).forEach(i -> send("message " + i));
        clock.move(Duration.ofSeconds(6));
        int failed = 0;
        while (failed < count) {
            failed += world.nextEvent() instanceof MessageHeld held && held.message().status().equals("FAILED") ? 1 : 0;
        }
        int calls = 0;
        while (!world.processors.hasNoFailed()) {
            world.processors.nextFailed();
            calls++;
        }
        assertThat(calls).isLessThan(20);
        assertThat(world.outbox.receivers()).singleElement().satisfies(receiver -> {
            assertThat(receiver.open()).isTrue();
            assertThat(receiver.lastReason()).isEqualTo("connection refused");
        });
        world.processors.failWith(null);
        clock.move(Duration.ofMinutes(1));
        MessageId id = send("after");
        answer(world.processors.next(), id, Replacement.NONE);
        assertThat(get(bob, id).content()).isEqualTo("after");
    }

    @Test
    void nobodyCallsBackForADeletedChannel() throws InterruptedException {
        flow(Fallback.ABORT);
        MessageId id = send("hello");
        Call call = world.processors.next();
        world.channels.delete(channel);
        assertRefused(Refusal.NOT_ALLOWED, () -> answer(call, id, Replacement.NONE));
        world.purge();
        assertThat(FlowRunTables.row(storage, channel.incarnation(), id.position())).isNull();
    }

    @Test
    void whatAnErasedUserSentIsNotSentAnyMore() throws InterruptedException {
        flow(Fallback.ABORT);
        MessageId persistent = send("hello");
        MessageId other = send("hello", false, null, "token-2").id();
        Call first = world.processors.next();
        Call second = world.processors.next();
        assertThat(world.messages.eraseSender(channel, alice.arn())).isEqualTo(1);
        assertRefused(Refusal.NOT_ALLOWED, () -> answer(first, persistent, Replacement.NONE));
        assertRefused(Refusal.NOT_ALLOWED, () -> answer(second, other, Replacement.NONE));
    }

    @Test
    void aFlowThatIsDetachedStillEndsWhatItBegan() throws InterruptedException {
        String flow = flow(Fallback.ABORT);
        MessageId id = send("hello");
        world.flows.disassociate(channel(), flow);
        Sent direct = send("direct", true, null, "token-2");
        assertThat(direct.held()).isFalse();
        answer(world.processors.next(), id, Replacement.NONE);
        assertThat(TestMessages.contents(world, bob, channel)).containsExactly("hello", "direct");
        assertThat(world.history.forAll(channel)).isEqualTo(direct.id().position().timestamp());
    }

    /// Sends a message through a flow and has it through.
    private MessageId sent(String content) throws InterruptedException {
        flow(Fallback.ABORT);
        MessageId id = send(content);
        answer(world.processors.next(), id, Replacement.NONE);
        world.drainEvents(2);
        return id;
    }

    /// Associates the channel with a flow of processors with these fallbacks, and forgets the events so far.
    private String flow(Fallback... fallbacks) throws InterruptedException {
        List<Processor> processors = IntStream.range(0, fallbacks.length)
                .mapToObj(i -> new Processor("processor " + i, LAMBDA + i, i + 1, fallbacks[i]))
                .toList();
        String flow = world.flows.create(world.appInstance.arn(), "flow", processors.reversed(), Map.of(), "root",
                "the-token-of-the-flow").arn().toString();
        world.flows.associate(channel, flow);
        while (!world.hasNoEvent()) {
            world.nextEvent();
        }
        return flow;
    }

    private Channel channel() {
        return Objects.requireNonNull(world.channels.find(channel.arn()));
    }

    private MessageId send(String content) {
        return send(content, true, null, UUID.randomUUID().toString()).id();
    }

    private Sent send(String content, boolean persistent, @Nullable UserArn target, String token) {
        return world.messages.send(alice, arn, new NewMessage(Message.Type.STANDARD, persistent, content, null, null,
                Map.of(), target, null), token);
    }

    private Message.Status update(MessageId id, String content) {
        return world.messages.update(alice, arn, id.text(), content, null, null);
    }

    private void answer(Call call, MessageId id, Replacement replacement) {
        world.messageFlows.answer(arn, call.text("CallbackId"), id.text(), false, replacement);
    }

    private void deny(Call call, MessageId id) {
        world.messageFlows.answer(arn, call.text("CallbackId"), id.text(), true, Replacement.NONE);
    }

    private MessageSnapshot get(Bearer reader, MessageId id) {
        return world.messages.get(reader, arn, id.text());
    }

    private void assertHeld(String status, MessageHeld.Change change, String content) throws InterruptedException {
        var held = (MessageHeld) world.nextEvent();
        assertThat(held.message().status()).isEqualTo(status);
        assertThat(held.change()).isEqualTo(change);
        assertThat(held.message().content()).isEqualTo(content);
        assertThat(held.message().sender().arn()).isEqualTo(alice.toString());
    }

    private Alert alert() throws InterruptedException {
        Alert alert = world.alerts.poll(10, TimeUnit.SECONDS);
        if (alert == null) {
            throw new AssertionError("no alert came");
        }
        return alert;
    }

    private Call failed() {
        try {
            return world.processors.nextFailed();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable call) {
        assertThatExceptionOfType(Refused.class).isThrownBy(call)
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }
}
