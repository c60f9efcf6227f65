package bellframe.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.channels.Channel;
import bellframe.channels.NewChannel;
import bellframe.events.ChannelEvent;
import bellframe.events.ChannelEvent.MessageHeld;
import bellframe.events.MessageSnapshot;
import bellframe.flows.ChannelFlow.Fallback;
import bellframe.flows.ChannelFlow.Processor;
import bellframe.identity.AppInstance;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/// A random walk over one store: messages, edits, callbacks right and wrong, failures, a clock that steps forward and back,
/// restarts, deletions and erasures. After each step everything that can be read, and every event that came, is what the
/// account kept here says.
final class FlowWalk implements AutoCloseable {

    private static final String LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:";
    private static final Duration DEADLINE = Duration.ofDays(2);
    private static final int LIMIT_SECONDS = 10;
    private static final int MESSAGES_MAX = 40;
    private static final int WAITING_MAX = 3;
    private static final Comparator<Told> BY_TEXT = Comparator.comparing(Told::toString);

    /// What may happen, and how often.
    private enum Step {
        SEND(20),
        EDIT(20),
        CALL_BACK(36),
        CALL_BACK_AGAIN(6),
        CALL_BACK_UNKNOWN(3),
        CALL_BACK_FOR_ANOTHER(3),
        FAIL_OR_RECOVER(6),
        MOVE_CLOCK(6),
        SWEEP(6),
        RESTART(2),
        RESTART_WITH_WAITING(3),
        ERASE(1),
        DELETE_CHANNEL(1);

        private final int weight;

        Step(int weight) {
            this.weight = weight;
        }
    }

    /// An event, as far as it is of interest here.
    private record Told(String type, String messageId, @Nullable String content) {
    }

    /// A message or an edit that waits for a processor.
    private static final class Passing {
        private final boolean edit;
        private String content;
        private int turn;
        private String callbackId = "";
        private Instant deadline;

        Passing(boolean edit, String content, Instant deadline) {
            this.edit = edit;
            this.content = content;
            this.deadline = deadline;
        }
    }

    /// All that is to be known of a message.
    private static final class Known {
        private final MessageId id;
        private final Bearer sender;
        private final boolean persistent;
        private final @Nullable UserArn target;
        /// What others read; null if nothing.
        private @Nullable String shown;
        /// What the sender reads; null if nothing.
        private @Nullable String own;
        private String status = "PENDING";
        private @Nullable Passing passing;
        private Set<String> spent = new HashSet<>();
        private @Nullable Instant forgotten;

        Known(MessageId id, Bearer sender, boolean persistent, @Nullable UserArn target) {
            this.id = id;
            this.sender = sender;
            this.persistent = persistent;
            this.target = target;
        }

        /// A processor that was never called knows of nothing to call back with.
        void spend(String callbackId) {
            if (!callbackId.isEmpty()) {
                spent.add(callbackId);
            }
        }

        Passing requirePassing() {
            return Objects.requireNonNull(passing);
        }

        @Override
        public String toString() {
            return "%s of %s to %s: %s, own %s, shown %s, %s".formatted(id, sender.arn().id(), target, status, own,
                    shown, passing == null ? "through" : "passing");
        }
    }

    private final long seed;
    private final Random random;
    private final MemoryStorage storage = new MemoryStorage();
    private final TestClock clock = new TestClock();
    private final Map<Step, Integer> steps = new EnumMap<>(Step.class);
    private final List<Told> expected = new ArrayList<>();
    private World world = new World(storage, clock);
    private final AppInstance app = world.appInstance;
    private final Bearer alice = world.user("alice");
    private final Bearer bob = world.user("bob");
    private final Bearer carl = world.user("carl");
    private final Bearer erin = world.user("erin");
    private final List<Known> messages = new ArrayList<>();
    private final Map<List<Fallback>, String> flows = new HashMap<>();
    private List<Fallback> fallbacks = List.of();
    private Channel channel;
    private boolean failing;
    private int contents;
    private int alerts;

    FlowWalk(long seed) throws InterruptedException {
        this.seed = seed;
        this.random = new Random(seed);
        this.channel = newChannel();
    }

    /// Returns what happened, for people.
    String run(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            Step step = messages.size() < MESSAGES_MAX ? choose() : Step.DELETE_CHANNEL;
            steps.merge(step, 1, Integer::sum);
            try {
                take(step);
                check();
            } catch (AssertionError | RuntimeException problem) {
                throw new AssertionError("seed %d, step %d, %s; %s %s".formatted(seed, i, step, fallbacks, messages),
                        problem);
            }
        }
        return steps.toString();
    }

    private Step choose() {
        int lot = random.nextInt(Stream.of(Step.values()).mapToInt(step -> step.weight).sum());
        for (Step step : Step.values()) {
            lot -= step.weight;
            if (lot < 0) {
                return step;
            }
        }
        throw new AssertionError();
    }

    private void take(Step step) throws InterruptedException {
        switch (step) {
            case SEND -> {
                Known message = send();
                call(message);
            }
            case EDIT -> edit();
            case CALL_BACK -> callBack();
            case CALL_BACK_AGAIN -> callBackAgain();
            case CALL_BACK_UNKNOWN -> callBackUnknown();
            case CALL_BACK_FOR_ANOTHER -> callBackForAnother();
            case FAIL_OR_RECOVER -> failOrRecover();
            case MOVE_CLOCK -> moveClock();
            case SWEEP -> sweep();
            case RESTART -> restart();
            case RESTART_WITH_WAITING -> restartWithWaiting();
            case ERASE -> erase();
            case DELETE_CHANNEL -> deleteChannel();
        }
    }

    private Channel newChannel() throws InterruptedException {
        messages.clear();
        var members = Stream.of(bob, carl, erin).map(user -> world.actors.named(user.toString(), app.arn())).toList();
        Channel created = world.channels.create(alice, new NewChannel(app.arn(), null, "channel",
                Channel.Mode.RESTRICTED, Channel.Privacy.PUBLIC, null, null, members, List.of(), Map.of()), token());
        fallbacks = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(_ -> random.nextBoolean() ? Fallback.ABORT : Fallback.CONTINUE)
                .toList();
        world.flows.associate(created, flows.computeIfAbsent(fallbacks, this::flow));
        while (!world.hasNoEvent()) {
            world.nextEvent();
        }
        return Objects.requireNonNull(world.channels.find(created.arn()));
    }

    private String flow(List<Fallback> wanted) {
        List<Processor> processors = IntStream.range(0, wanted.size())
                .mapToObj(turn -> new Processor("processor " + turn, LAMBDA + turn, turn + 1, wanted.get(turn)))
                .toList();
        return world.flows.create(app.arn(), "flow", processors, Map.of(), "root", token()).arn().toString();
    }

    private Known send() {
        Bearer sender = random.nextInt(3) == 0 ? erin : alice;
        boolean persistent = random.nextInt(4) != 0;
        UserArn target = random.nextInt(5) == 0 ? bob.arn() : null;
        String content = newContent();
        Sent sent = world.messages.send(sender, arn(), new NewMessage(Message.Type.STANDARD, persistent, content, null,
                null, Map.of(), target, null), token());
        assertThat(sent.held()).isTrue();
        var message = new Known(sent.id(), sender, persistent, target);
        message.own = persistent ? content : null;
        begin(message, false, content);
        messages.add(message);
        return message;
    }

    private void begin(Known message, boolean edit, String content) {
        message.passing = new Passing(edit, content, clock.instant().plus(DEADLINE));
        message.forgotten = null;
        tell(message, "PENDING", content);
    }

    private void edit() throws InterruptedException {
        Known message = any(known -> known.persistent);
        if (message == null) {
            return;
        }
        String content = newContent();
        if (message.own == null) {
            refused(Refusal.NOT_ALLOWED, () -> update(message, content));
        } else if (message.passing != null || message.shown == null) {
            refused(Refusal.CONFLICT, () -> update(message, content));
        } else {
            assertThat(update(message, content)).isEqualTo(Message.Status.PENDING);
            message.own = content;
            message.status = "PENDING";
            begin(message, true, content);
            call(message);
        }
    }

    private Message.Status update(Known message, String content) {
        return world.messages.update(message.sender, arn(), message.id.text(), content, null, null);
    }

    /// The processor whose turn it is is called, and those behind it if it cannot be and that is to be ignored.
    private void call(Known message) throws InterruptedException {
        while (message.passing != null && failing) {
            called(message, world.processors.nextFailed());
            fallBack(message);
        }
        if (message.passing != null) {
            called(message, world.processors.next());
        }
    }

    private static void called(Known message, Call call) {
        Passing passing = message.requirePassing();
        assertThat(call.processorArn()).isEqualTo(LAMBDA + passing.turn);
        assertThat(call.text("MessageId")).isEqualTo(message.id.text());
        assertThat(call.text("Content")).isEqualTo(passing.content);
        assertThat(call.event().contains("LastEditedTimestamp")).isEqualTo(passing.edit);
        passing.callbackId = call.text("CallbackId");
    }

    private void fallBack(Known message) {
        alerts++;
        switch (fallbacks.get(message.requirePassing().turn)) {
            case ABORT -> fail(message);
            case CONTINUE -> goOn(message);
        }
    }

    private void goOn(Known message) {
        Passing passing = message.requirePassing();
        if (passing.turn + 1 == fallbacks.size()) {
            end(message, "SENT");
            if (message.persistent) {
                message.own = passing.content;
                message.shown = passing.content;
            }
            tell(message, passing.edit ? "UPDATED" : "CREATED", passing.content);
        } else {
            message.spend(passing.callbackId);
            passing.turn++;
            passing.callbackId = "";
            passing.deadline = clock.instant().plus(DEADLINE);
        }
    }

    private void fail(Known message) {
        Passing passing = message.requirePassing();
        end(message, "FAILED");
        // Whatever processors made of it.
        tell(message, "FAILED", passing.edit, passing.content);
    }

    private void deny(Known message) {
        Passing passing = message.requirePassing();
        end(message, "SENT");
        message.own = message.shown;
        tell(message, "DENIED", passing.edit, passing.content);
    }

    private void end(Known message, String status) {
        Passing passing = message.requirePassing();
        message.spend(passing.callbackId);
        message.forgotten = passing.deadline;
        forgetIfDue(message);
        message.status = status;
        message.passing = null;
    }

    private void callBack() throws InterruptedException {
        Known message = any(known -> known.passing != null);
        if (message == null) {
            return;
        }
        Passing passing = message.requirePassing();
        boolean denied = random.nextInt(5) == 0;
        String content = random.nextInt(3) == 0 ? null : newContent();
        if (clock.instant().isAfter(passing.deadline)) {
            refused(Refusal.NOT_ALLOWED, () -> answer(message, passing.callbackId, denied, content));
            return;
        }
        answer(message, passing.callbackId, denied, content);
        if (denied) {
            deny(message);
        } else {
            passing.content = content == null ? passing.content : content;
            goOn(message);
            call(message);
        }
    }

    private void callBackAgain() {
        Known message = any(known -> !known.spent.isEmpty());
        if (message != null) {
            List<String> spent = message.spent.stream().sorted().toList();
            String callbackId = spent.get(random.nextInt(spent.size()));
            refused(Refusal.CONFLICT, () -> answer(message, callbackId, random.nextBoolean(), newContent()));
        }
    }

    private void callBackUnknown() {
        Known message = any(_ -> true);
        if (message != null) {
            refused(Refusal.NOT_ALLOWED, () -> answer(message, token(), random.nextBoolean(), null));
        }
    }

    private void callBackForAnother() {
        Known message = any(known -> known.passing != null);
        Known another = any(known -> !known.equals(message));
        if (message != null && another != null) {
            refused(Refusal.NOT_ALLOWED,
                    () -> answer(another, message.requirePassing().callbackId, random.nextBoolean(), null));
        }
    }

    private void answer(Known message, String callbackId, boolean denied, @Nullable String content) {
        world.messageFlows.answer(arn(), callbackId, message.id.text(), denied,
                new Replacement(content, null, null, null, null));
    }

    private void failOrRecover() {
        failing = !failing;
        world.processors.failWith(failing ? () -> DeliveryFailed.permanentFailure("not there") : null);
    }

    private void moveClock() {
        clock.move(switch (random.nextInt(6)) {
            case 0 -> Duration.ofMillis(random.nextInt(1_000));
            case 1 -> Duration.ofHours(random.nextInt(48));
            case 2 -> DEADLINE;
            case 3 -> Duration.ofHours(48 + random.nextInt(100));
            case 4 -> Duration.ofMinutes(-random.nextInt(48 * 60));
            default -> Duration.ofHours(-48 - random.nextInt(100));
        });
    }

    private void sweep() {
        world.messageFlows.endOverdue();
        Instant now = clock.instant();
        for (Known message : messages) {
            if (message.passing != null && !now.isBefore(message.passing.deadline)) {
                alerts++;
                fail(message);
            }
            forgetIfDue(message);
        }
    }

    /// What ends at its deadline or later leaves nothing.
    private void forgetIfDue(Known message) {
        if (message.forgotten != null && !clock.instant().isBefore(message.forgotten)) {
            message.forgotten = null;
            message.spent = new HashSet<>();
        }
    }

    private void restart() {
        world.close();
        world = new World(storage, clock, random.nextLong());
        failing = false;
    }

    /// Messages that no processor has got are handed over after the restart, or, if that is too late, fall back.
    private void restartWithWaiting() throws InterruptedException {
        failing = false;
        world.processors.failWith(() -> DeliveryFailed.throttled("busy", Duration.ofHours(1)));
        var waiting = new ArrayList<Known>();
        for (int i = random.nextInt(WAITING_MAX); i >= 0; i--) {
            waiting.add(send());
        }
        world.processors.nextFailed();
        // What a crash would take with it.
        checkEvents();
        world.close();
        boolean tooLate = random.nextInt(3) == 0;
        clock.move(tooLate ? DEADLINE.plusHours(1) : Duration.ofHours(random.nextInt(40) - 20));
        world = new World(storage, clock, random.nextLong());
        for (Known message : waiting) {
            if (tooLate) {
                fallBack(message);
            }
        }
        for (Known message : waiting) {
            if (message.passing != null) {
                called(message, world.processors.next());
            }
        }
    }

    private void erase() {
        List<Known> erased = messages.stream().filter(message -> message.sender.equals(erin)).toList();
        List<Known> stored = erased.stream().filter(message -> message.own != null).toList();
        assertThat(world.messages.eraseSender(channel, erin.arn())).isEqualTo(stored.size());
        stored.forEach(message -> expected.add(new Told("DELETED", message.id.text(), null)));
        for (Known message : erased) {
            message.own = null;
            message.shown = null;
            if (message.passing != null) {
                message.passing = null;
                message.spent = new HashSet<>();
            }
        }
    }

    private void deleteChannel() throws InterruptedException {
        world.channels.delete(channel);
        assertThat(world.nextEvent()).isInstanceOf(ChannelEvent.ChannelDeleted.class);
        for (Known message : messages) {
            if (message.passing != null) {
                refused(Refusal.NOT_ALLOWED, () -> answer(message, message.requirePassing().callbackId, false, null));
            }
        }
        world.purge();
        messages.forEach(message -> assertThat(run(message)).isNull());
        if (random.nextBoolean()) {
            world.messageFlows.endOverdue();
        }
        channel = newChannel();
    }

    private void check() throws InterruptedException {
        checkEvents();
        checkAlerts();
        awaitNothingInTheOutbox();
        assertThat(world.processors.isQuiet()).as("no processor is called").isTrue();
        assertThat(world.processors.hasNoFailed()).as("no processor is called in vain").isTrue();
        for (Known message : messages) {
            assertThat(run(message) instanceof FlowRun.Waiting).as("%s waits", message.id)
                    .isEqualTo(message.passing != null);
        }
        checkReadable();
    }

    /// Each event came once. Events of one message are in order; those of several that end at once may be in any.
    private void checkEvents() throws InterruptedException {
        var told = new ArrayList<Told>();
        while (told.size() < expected.size() || !world.hasNoEvent()) {
            told.add(told(world.nextEvent()));
        }
        if (told.size() > 1 && expected.stream().map(Told::messageId).distinct().count() == told.size()) {
            told.sort(BY_TEXT);
            expected.sort(BY_TEXT);
        }
        assertThat(told).isEqualTo(expected);
        expected.clear();
    }

    private void checkAlerts() throws InterruptedException {
        for (; alerts > 0; alerts--) {
            assertThat(world.alerts.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).as("an alert").isNotNull();
        }
        assertThat(world.alerts).isEmpty();
    }

    /// What was handed over is removed a little later.
    private void awaitNothingInTheOutbox() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (world.outbox.waiting(OutboxKind.FLOW) != 0) {
            assertThat(System.nanoTime())
                    .as("time, with %d entries in the outbox", world.outbox.waiting(OutboxKind.FLOW))
                    .isLessThan(until);
            Thread.onSpinWait();
        }
    }

    private void checkReadable() {
        for (Bearer reader : List.of(alice, bob, carl, erin)) {
            List<String> readable = messages.stream()
                    .map(message -> readable(message, reader))
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull)
                    .toList();
            assertThat(read(reader)).as("%s reads", reader).isEqualTo(readable);
        }
        for (Known message : messages) {
            if (message.own == null) {
                refused(Refusal.NOT_ALLOWED, () -> world.messages.getOwn(message.sender, arn(), message.id.text()));
            } else {
                MessageSnapshot own = world.messages.getOwn(message.sender, arn(), message.id.text());
                assertThat(own.status()).isEqualTo(message.status);
                assertThat(own.content()).isEqualTo(message.own);
            }
        }
    }

    private List<String> read(Bearer reader) {
        var all = new MessageLog.Range(MessageLog.Range.START, MessageLog.Range.END, false);
        Messages.Listing listing = world.messages.list(reader, arn(), all, null, MESSAGES_MAX + WAITING_MAX);
        return listing.page()
                .items()
                .stream()
                .map(message -> String.valueOf(listing.snapshots().apply(message).content()))
                .toList();
    }

    private static @Nullable String readable(Known message, Bearer reader) {
        if (message.sender.equals(reader)) {
            return message.own;
        }
        return message.target == null || message.target.equals(reader.arn()) ? message.shown : null;
    }

    private void tell(Known message, String type, String content) {
        tell(message, type, message.passing != null && message.passing.edit, content);
    }

    private void tell(Known message, String type, boolean edit, String content) {
        boolean held = !type.equals("CREATED") && !type.equals("UPDATED");
        String what = edit ? " UPDATE" : " CREATE";
        expected.add(new Told(held ? type + what : type, message.id.text(), content));
    }

    private static Told told(ChannelEvent event) {
        return switch (event) {
            case ChannelEvent.MessageCreated created -> told("CREATED", created.message(), "SENT");
            case ChannelEvent.MessageUpdated updated -> told("UPDATED", updated.message(), "SENT");
            case ChannelEvent.MessageDeleted deleted ->
                new Told("DELETED", deleted.message().messageId(), deleted.message().content());
            case MessageHeld held -> told(held.message().status() + ' ' + held.change(), held.message(),
                    held.message().status());
            case ChannelEvent.MessageRedacted _,ChannelEvent.ChannelUpdated _,ChannelEvent.ChannelDeleted _,ChannelEvent.MembershipCreated _,ChannelEvent.MembershipsCreated _,ChannelEvent.MembershipDeleted _ ->
                throw new AssertionError("not to be expected: " + event);
        };
    }

    private static Told told(String type, MessageSnapshot message, String status) {
        assertThat(message.status()).as(type).isEqualTo(status);
        return new Told(type, message.messageId(), message.content());
    }

    private @Nullable FlowRun run(Known message) {
        byte[] row = FlowRunTables.row(storage, channel.incarnation(), message.id.position());
        return row == null ? null : FlowRunTables.fromRow(row);
    }

    private @Nullable Known any(Predicate<Known> condition) {
        List<Known> some = messages.stream().filter(condition).toList();
        return some.isEmpty() ? null : some.get(random.nextInt(some.size()));
    }

    private static void refused(Refusal refusal, ThrowingCallable call) {
        assertThatExceptionOfType(Refused.class).isThrownBy(call)
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    private String newContent() {
        contents++;
        return "content " + contents;
    }

    private String arn() {
        return channel.arn().toString();
    }

    private static String token() {
        return UUID.randomUUID().toString();
    }

    @Override
    public void close() {
        world.close();
        storage.close();
    }
}
