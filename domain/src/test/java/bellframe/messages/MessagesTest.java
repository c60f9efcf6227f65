package bellframe.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.channels.Channel;
import bellframe.events.ChannelEvent;
import bellframe.events.MessageSnapshot;
import bellframe.identity.Bearer;
import bellframe.names.MessageId;
import bellframe.names.Position;
import bellframe.names.UserArn;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.storage.memory.MemoryStorage;
import bellframe.testing.TestClock;
import bellframe.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final MessageLog.Range ALL_ASCENDING = new MessageLog.Range(MessageLog.Range.START,
            MessageLog.Range.END, false);
    private static final MessageLog.Range ALL_DESCENDING = new MessageLog.Range(MessageLog.Range.START,
            MessageLog.Range.END, true);

    private final MemoryStorage storage = new MemoryStorage();
    private final TestClock clock = new TestClock();
    private World world = new World(storage, clock);
    private Bearer alice = world.user("alice");
    private Bearer bob = world.user("bob");
    private Channel channel = world.channel(alice, bob);
    private String arn = channel.arn().toString();

    @BeforeEach
    void forgetTheCreation() throws InterruptedException {
        world.drainEvents(2);
    }

    @AfterEach
    void close() {
        world.close();
        storage.close();
    }

    @Test
    void aMessageIsReadBackAsItWasSent() {
        String content = "\u0000 <b>&amp;</b> \uD83D\uDE00 \u2028 ";
        var draft = new NewMessage(Message.Type.STANDARD, true, content, "meta", "text/plain",
                Map.of("mention", List.of("@bob", "@alice")), null,
                new PushNotification("title", null, PushNotification.Type.VOIP));
        MessageId id = world.messages.send(alice, arn, draft, "token-1").id();
        MessageSnapshot read = world.messages.get(bob, arn, id.text());
        assertThat(read.content()).isEqualTo(content);
        assertThat(read.metadata()).isEqualTo("meta");
        assertThat(read.attributes()).containsExactly(Map.entry("mention", List.of("@bob", "@alice")));
        assertThat(read.created()).isEqualTo(clock.instant()).isEqualTo(read.updated());
        assertThat(read.edited()).isNull();
        assertThat(read.sender()).isEqualTo(alice.identity());
    }

    @Test
    void theSameTokenSendsOnceAlsoAfterARestart() throws InterruptedException {
        MessageId id = send("hello", "token-1");
        assertThat(send("hello", "token-1")).isEqualTo(id);
        restart();
        assertThat(send("hello", "token-1")).isEqualTo(id);
        clock.move(Position.BUCKET.minusSeconds(1));
        assertThat(send("hello", "token-1")).isEqualTo(id);
        assertThat(list(ALL_ASCENDING, 50)).containsExactly("hello");
        assertThat(world.hasNoEvent()).isTrue();
    }

    @Test
    void theSameTokenSendsOnceForABucketsLengthWhateverHappensMeanwhile() {
        long seed = Long.getLong("bellframe.seed", new Random().nextLong());
        System.out.println("MessagesTest seed " + seed);
        var random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            String fresh = world.channel(alice).arn().toString();
            Map<String, Told> told = new HashMap<>();
            Messages messages = world.messages;
            for (int step = 0; step < 100; step++) {
                switch (random.nextInt(16)) {
                    case 0 -> messages = world.messagesAnew();
                    case 1 -> clock.move(Duration.ofSeconds(random.nextLong(Position.BUCKET.toSeconds() * 2)));
                    case 2, 3, 4, 5 -> clock.move(Duration.ofSeconds(random.nextLong(Position.BUCKET.toSeconds() / 2)));
                    default -> {
                        String token = "token-" + step;
                        MessageId id = messages.send(alice, fresh, draft("hello"), token).id();
                        told.put(token, new Told(id, clock.instant()));
                    }
                }
                Instant oldest = clock.instant().minus(Position.BUCKET);
                told.values().removeIf(one -> one.at().isBefore(oldest));
                for (var one : told.entrySet()) {
                    assertThat(messages.send(alice, fresh, draft("hello"), one.getKey()).id()).as("seed %d", seed)
                            .isEqualTo(one.getValue().id());
                }
            }
        }
    }

    private record Told(MessageId id, Instant at) {
    }

    @Test
    void theSameTokenWithAnotherMessageConflicts() {
        send("hello", "token-1");
        assertRefused(Refusal.CONFLICT, () -> send("goodbye", "token-1"));
        assertThat(world.messages.send(bob, arn, draft("goodbye"), "token-1")).isNotNull();
    }

    @Test
    void aTokenIsFoundAgainAlthoughTheClockSteppedBackByDays() {
        MessageId id = send("hello", "token-1");
        clock.move(Duration.ofDays(-3));
        assertThat(send("hello", "token-1")).isEqualTo(id);
        restart();
        assertThat(send("hello", "token-1")).isEqualTo(id);
    }

    @Test
    void manySendersWithOneTokenSendOneMessage() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<MessageId>> tries = Collections.nCopies(64, () -> send("hello", "token-1"));
            var ids = new ArrayList<MessageId>();
            for (var attempt : threads.invokeAll(tries)) {
                ids.add(attempt.get());
            }
            assertThat(ids).hasSize(64).containsOnly(ids.getFirst());
        }
        assertThat(list(ALL_ASCENDING, 50)).containsExactly("hello");
        assertThat(world.nextEvent()).isInstanceOf(ChannelEvent.MessageCreated.class);
        assertThat(world.hasNoEvent()).isTrue();
    }

    @Test
    void nonPersistentMessagesAreToldOnceAndKeptNowhere() throws InterruptedException {
        var draft = new NewMessage(Message.Type.CONTROL, false, "typing", null, null, Map.of(), null, null);
        MessageId id = world.messages.send(alice, arn, draft, "token-1").id();
        assertThat(world.messages.send(alice, arn, draft, "token-1").id()).isEqualTo(id);
        assertThat(world.nextEvent()).isInstanceOfSatisfying(ChannelEvent.MessageCreated.class,
                created -> assertThat(created.message().persistent()).isFalse());
        assertThat(world.hasNoEvent()).isTrue();
        assertRefused(Refusal.NOT_FOUND, () -> world.messages.get(alice, arn, id.text()));
        assertThat(list(ALL_ASCENDING, 50)).isEmpty();
        assertThat(world.channels.snapshot(channel).lastMessage()).isNull();
    }

    @Test
    void orderHoldsWhenTheClockStepsBackAndTheServerRestarts() {
        send("1", "token-1");
        clock.move(Duration.ofHours(-7));
        send("2", "token-2");
        restart();
        send("3", "token-3");
        clock.move(Duration.ofHours(20));
        send("4", "token-4");
        assertThat(list(ALL_ASCENDING, 50)).containsExactly("1", "2", "3", "4");
        assertThat(list(ALL_DESCENDING, 50)).containsExactly("4", "3", "2", "1");
    }

    @Test
    void positionsDoNotComeBackAfterTheLastMessageIsDeleted() {
        world.admins.create(world.appInstance.arn(), alice.toString());
        MessageId first = send("1", "token-1");
        world.messages.delete(alice, arn, first.text());
        clock.move(Duration.ofHours(-1));
        restart();
        MessageId second = send("2", "token-2");
        assertThat(second.position()).isGreaterThan(first.position());
    }

    @Test
    void pagesOfAQuietChannelWalkOverEmptyTimesAndMeetEachMessageOnce() {
        List<String> sent = IntStream.range(0, 150).mapToObj(Integer::toString).toList();
        sent.forEach(content -> {
            send(content, "token-" + content);
            clock.move(Duration.ofHours(5));
        });
        assertThat(pages(ALL_ASCENDING, 7)).isEqualTo(sent);
        assertThat(pages(ALL_DESCENDING, 50)).isEqualTo(sent.reversed());
    }

    @Test
    void boundsInTimeAreInclusive() {
        var start = clock.instant();
        for (int i = 0; i < 10; i++) {
            send(Integer.toString(i), "token-" + i);
            clock.move(Duration.ofHours(2));
        }
        var range = new MessageLog.Range(Position.firstNotBefore(start.plus(Duration.ofHours(4))),
                Position.lastNotAfter(start.plus(Duration.ofHours(12))), false);
        assertThat(list(range, 50)).containsExactly("2", "3", "4", "5", "6");
        var descending = new MessageLog.Range(range.first(), range.last(), true);
        assertThat(pages(descending, 2)).containsExactly("6", "5", "4", "3", "2");
        var empty = new MessageLog.Range(Position.at(start.plusSeconds(1)), Position.at(start.plusSeconds(2)), true);
        assertThat(list(empty, 50)).isEmpty();
    }

    @Test
    void boundsBefore1970AndFarInTheFutureAreBoundsLikeAnyOther() {
        send("only", "t-1");
        var ancient = Instant.parse("0001-01-01T00:00:00Z");
        var justBefore1970 = Instant.parse("1969-12-31T23:59:59.999500Z");
        var far = Instant.parse("9999-12-31T23:59:59.999999999Z");
        for (boolean descending : List.of(true, false)) {
            assertThat(list(between(ancient, far, descending), 50)).containsExactly("only");
            assertThat(list(between(justBefore1970, far, descending), 50)).containsExactly("only");
            assertThat(list(between(ancient, justBefore1970, descending), 50)).isEmpty();
            assertThat(list(between(far, far, descending), 50)).isEmpty();
        }
    }

    private static MessageLog.Range between(Instant notBefore, Instant notAfter, boolean descending) {
        return new MessageLog.Range(Position.firstNotBefore(notBefore), Position.lastNotAfter(notAfter), descending);
    }

    @Test
    void pagesNeitherRepeatNorSkipWhileMessagesAreSent() throws Exception {
        for (int i = 0; i < 100; i++) {
            send("old " + i, "old-" + i);
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sending = threads.submit(() -> {
                for (int i = 0; i < 500; i++) {
                    send("new " + i, "new-" + i);
                }
            });
            for (int round = 0; round < 20; round++) {
                assertThat(pages(ALL_DESCENDING, 9)).doesNotHaveDuplicates().endsWith("old 2", "old 1", "old 0");
                assertThat(pages(ALL_ASCENDING, 9)).doesNotHaveDuplicates().startsWith("old 0", "old 1", "old 2");
            }
            sending.get();
        }
        assertThat(pages(ALL_ASCENDING, 50)).hasSize(600).endsWith("new 498", "new 499");
    }

    @Test
    void eventsComeInTheOrderOfTheLog() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var senders = new ArrayList<Future<?>>();
            for (int sender = 0; sender < 8; sender++) {
                int number = sender;
                senders.add(threads.submit(() -> {
                    for (int i = 0; i < 25; i++) {
                        send(number + "-" + i, UUID.randomUUID().toString());
                    }
                }));
            }
            for (Future<?> sender : senders) {
                sender.get();
            }
        }
        var told = new ArrayList<String>();
        for (int i = 0; i < 200; i++) {
            if (world.nextEvent() instanceof ChannelEvent.MessageCreated(String _, MessageSnapshot message)) {
                told.add(String.valueOf(message.content()));
            }
        }
        assertThat(told).isEqualTo(pages(ALL_ASCENDING, 50));
    }

    @Test
    void onlyDefaultMembersSend() {
        Bearer stranger = world.user("stranger");
        assertRefused(Refusal.NOT_ALLOWED, () -> world.messages.send(stranger, arn, draft("x"), "token-1"));
        world.admins.create(world.appInstance.arn(), stranger.toString());
        assertRefused(Refusal.NOT_ALLOWED, () -> world.messages.send(stranger, arn, draft("x"), "token-1"));
        assertRefused(Refusal.NOT_ALLOWED, () -> world.messages.send(alice, arn + "x", draft("x"), "token-1"));
    }

    @Test
    void sizesAreCountedInBytes() {
        send("é".repeat(2_048), "token-1");
        assertRefused(Refusal.INVALID_INPUT, () -> send("é".repeat(2_048) + "x", "token-2"));
        assertRefused(Refusal.INVALID_INPUT, () -> send(draft("x", "m".repeat(1_025)), "token-3"));
        assertRefused(Refusal.INVALID_INPUT, () -> send(control("c".repeat(31), null), "token-4"));
        assertRefused(Refusal.INVALID_INPUT, () -> send(control("c", "meta"), "token-5"));
        String control = send(control("c".repeat(30), null), "token-6").text();
        assertRefused(Refusal.INVALID_INPUT,
                () -> world.messages.update(alice, arn, control, "c".repeat(31), null, null));
        var attributes = Map.of("name", List.of("v".repeat(510), "v".repeat(510)));
        send(new NewMessage(Message.Type.STANDARD, true, "x", null, null, attributes, null, null), "token-7");
        var tooMany = Map.of("name", List.of("v".repeat(510), "v".repeat(511)));
        assertRefused(Refusal.INVALID_INPUT, () -> send(
                new NewMessage(Message.Type.STANDARD, true, "x", null, null, tooMany, null, null), "token-8"));
    }

    @Test
    void aTargetedMessageExistsForSenderAndTargetOnly() {
        Bearer carol = world.user("carol");
        world.memberships.add(channel, alice.arn(), world.actors.named(carol.toString(), world.appInstance.arn()),
                bellframe.channels.Membership.Type.DEFAULT);
        MessageId id = send(targeted("psst", bob.arn()), "token-1");
        assertThat(world.messages.get(bob, arn, id.text()).target()).isEqualTo(bob.toString());
        assertRefused(Refusal.NOT_FOUND, () -> world.messages.get(carol, arn, id.text()));
        assertThat(list(carol, ALL_ASCENDING, 50)).isEmpty();
        assertThat(list(bob, ALL_ASCENDING, 50)).containsExactly("psst");
        assertThat(world.channels.snapshot(channel).lastMessage()).isNull();
        Bearer stranger = world.user("stranger");
        assertRefused(Refusal.NOT_ALLOWED, () -> send(targeted("psst", stranger.arn()), "token-2"));
    }

    @Test
    void ownMessagesAreUpdatedAndAnybodysRedactedByModerators() throws InterruptedException {
        MessageId id = send("hello", "token-1");
        clock.move(Duration.ofSeconds(1));
        assertRefused(Refusal.NOT_ALLOWED, () -> world.messages.update(bob, arn, id.text(), "mine", null, null));
        world.messages.update(alice, arn, id.text(), "hello again", "meta", null);
        MessageSnapshot updated = world.messages.get(bob, arn, id.text());
        assertThat(updated.content()).isEqualTo("hello again");
        assertThat(updated.edited()).isEqualTo(clock.instant()).isEqualTo(updated.updated());
        assertThat(updated.created()).isEqualTo(clock.instant().minusSeconds(1));

        MessageId bobs = world.messages.send(bob, arn, draft("rude", "kept"), "token-2").id();
        world.messages.redact(alice, arn, bobs.text());
        world.messages.redact(alice, arn, bobs.text());
        MessageSnapshot redacted = world.messages.get(alice, arn, bobs.text());
        assertThat(redacted.redacted()).isTrue();
        assertThat(redacted.content()).isNull();
        assertThat(redacted.metadata()).isEqualTo("kept");
        assertRefused(Refusal.CONFLICT, () -> world.messages.update(bob, arn, bobs.text(), "again", null, null));
        assertRefused(Refusal.NOT_ALLOWED, () -> world.messages.redact(bob, arn, id.text()));

        world.drainEvents(3);
        assertThat(world.nextEvent()).isInstanceOf(ChannelEvent.MessageRedacted.class);
        assertThat(world.hasNoEvent()).isTrue();
    }

    @Test
    void onlyAdminsDeleteAndTwiceIsTheSame() throws InterruptedException {
        MessageId id = send("hello", "token-1");
        assertRefused(Refusal.NOT_ALLOWED, () -> world.messages.delete(alice, arn, id.text()));
        world.admins.create(world.appInstance.arn(), bob.toString());
        world.messages.delete(bob, arn, id.text());
        world.messages.delete(bob, arn, id.text());
        world.drainEvents(1);
        assertThat(world.nextEvent()).isInstanceOfSatisfying(ChannelEvent.MessageDeleted.class, deleted -> {
            assertThat(deleted.message().messageId()).isEqualTo(id.text());
            assertThat(deleted.message().content()).isNull();
            assertThat(deleted.message().redacted()).isFalse();
        });
        assertThat(world.hasNoEvent()).isTrue();
        assertThat(list(ALL_ASCENDING, 50)).isEmpty();
    }

    @Test
    void concurrentEditsAllHappenOneAfterAnother() throws Exception {
        MessageId id = send("0", "token-1");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var editors = new ArrayList<Future<?>>();
            for (int i = 1; i <= 20; i++) {
                String content = Integer.toString(i);
                editors.add(
                        threads.submit(() -> world.messages.update(alice, arn, id.text(), content, null, null)));
            }
            for (Future<?> editor : editors) {
                editor.get();
            }
        }
        world.drainEvents(1);
        ChannelEvent last = world.nextEvent();
        for (int i = 1; i < 20; i++) {
            last = world.nextEvent();
        }
        assertThat(last).isInstanceOfSatisfying(ChannelEvent.MessageUpdated.class, updated -> assertThat(
                updated.message().content()).isEqualTo(world.messages.get(bob, arn, id.text()).content()));
    }

    private void restart() {
        world.close();
        world = new World(storage, clock);
        alice = world.user("alice");
        bob = world.user("bob");
    }

    private MessageId send(String content, String token) {
        return send(draft(content), token);
    }

    private MessageId send(NewMessage draft, String token) {
        return world.messages.send(alice, arn, draft, token).id();
    }

    private static NewMessage draft(String content) {
        return draft(content, null);
    }

    private static NewMessage draft(String content, @Nullable String metadata) {
        return new NewMessage(Message.Type.STANDARD, true, content, metadata, null, Map.of(), null, null);
    }

    private static NewMessage control(String content, @Nullable String metadata) {
        return new NewMessage(Message.Type.CONTROL, true, content, metadata, null, Map.of(), null, null);
    }

    private static NewMessage targeted(String content, UserArn target) {
        return new NewMessage(Message.Type.STANDARD, true, content, null, null, Map.of(), target, null);
    }

    private List<String> list(MessageLog.Range range, int limit) {
        return list(alice, range, limit);
    }

    private List<String> list(Bearer reader, MessageLog.Range range, int limit) {
        return contents(world.messages.list(reader, arn, range, null, limit).page());
    }

    private List<String> pages(MessageLog.Range range, int limit) {
        var contents = new ArrayList<String>();
        byte[] cursor = null;
        do {
            Page<Message> page = world.messages.list(alice, arn, range, cursor, limit).page();
            contents.addAll(contents(page));
            cursor = page.next();
        } while (cursor != null);
        return contents;
    }

    private static List<String> contents(Page<Message> page) {
        return page.items().stream().map(message -> String.valueOf(message.content())).toList();
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable call) {
        assertThatExceptionOfType(Refused.class).isThrownBy(call)
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }
}
