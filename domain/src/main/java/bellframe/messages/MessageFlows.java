package bellframe.messages;

import bellframe.alerts.Alert;
import bellframe.alerts.Alerts;
import bellframe.changes.ChangeLog;
import bellframe.changes.EventOrder;
import bellframe.channels.Channel;
import bellframe.channels.ChannelHeads;
import bellframe.channels.Channels;
import bellframe.channels.Standing;
import bellframe.events.ChannelEvent;
import bellframe.events.ChannelEvent.MessageHeld;
import bellframe.events.EventDispatcher;
import bellframe.events.MessageSnapshot;
import bellframe.flows.ChannelFlow;
import bellframe.flows.ChannelFlow.Processor;
import bellframe.flows.ChannelFlows;
import bellframe.flows.Processors;
import bellframe.identity.Actors;
import bellframe.names.ChannelArn;
import bellframe.names.ChannelFlowArn;
import bellframe.names.EventPosition;
import bellframe.names.MessageId;
import bellframe.names.Position;
import bellframe.names.UserArn;
import bellframe.outbox.Delivery;
import bellframe.outbox.DeliveryFailed;
import bellframe.outbox.LaneName;
import bellframe.outbox.Outbox;
import bellframe.outbox.OutboxEntry;
import bellframe.outbox.OutboxKind;
import bellframe.outbox.Outlet;
import bellframe.outbox.RetryPolicy;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.RowReader;
import bellframe.rows.RowWriter;
import bellframe.storage.Batch;
import bellframe.storage.Commits;
import bellframe.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs messages through the flows of their channels.
///
/// A message that a flow is to see is stored as PENDING, with a [FlowRun] and an entry of the outbox in the same batch. The
/// outbox calls the processor; what the processor says by ChannelFlowCallback, or what is done without it, ends the run or
/// begins the next processor's turn, in one batch with conditions on the run and the message. So a run is at any time in
/// exactly one state, and the same callback twice, or one beside a fallback, changes nothing.
public final class MessageFlows implements Delivery {

    /// Trying for a few seconds before the fallback, as somebody waits for the message.
    private static final RetryPolicy POLICY = new RetryPolicy(Duration.ofMillis(250), Duration.ofSeconds(2), 4,
            Duration.ofSeconds(5), FlowRun.DEADLINE, 1_000_000, 256, 16);
    private static final int SUBJECT_VERSION = 1;
    private static final String FAILED = "The message could not be processed by the channel flow.";
    private static final String NO_ANSWER = "the processor did not call back within 48 hours";

    private final Storage storage;
    private final Channels channels;
    private final ChannelFlows flows;
    private final ChannelHeads heads;
    private final Actors actors;
    private final EventOrder order;
    private final ChangeLog changes;
    private final EventDispatcher events;
    private final Outbox outbox;
    private final Processors processors;
    private final Alerts alerts;
    private final InstantSource clock;
    private final Sequencer sequencer;
    private final MessageLog log;
    private final FlowDeadlines deadlines;
    private final MessageOutlets outlets;

    public MessageFlows(Storage storage, Channels channels, ChannelFlows flows, ChannelHeads heads, Actors actors,
            EventOrder order, ChangeLog changes, EventDispatcher events, Outbox outbox, Processors processors,
            MessageOutlets outlets, Alerts alerts, InstantSource clock, Sequencer sequencer) {
        this.storage = storage;
        this.channels = channels;
        this.flows = flows;
        this.heads = heads;
        this.actors = actors;
        this.order = order;
        this.changes = changes;
        this.events = events;
        this.outbox = outbox;
        this.processors = processors;
        this.alerts = alerts;
        this.clock = clock;
        this.sequencer = sequencer;
        this.log = new MessageLog(storage, heads);
        this.deadlines = new FlowDeadlines(storage, clock.instant());
        this.outlets = outlets;
        outbox.handle(OutboxKind.FLOW, POLICY, this);
    }

    /// The flow that a message of this type is to be run through; null if none.
    @Nullable
    ChannelFlow of(Channel channel, Message.Type type) {
        ChannelFlowArn arn = channel.flow();
        return arn == null || type != Message.Type.STANDARD ? null : flows.find(arn);
    }

    /// Runs what holds messages of a channel back and waits until that is durable.
    ///
    /// @param processor who is called first
    <T> T holding(String incarnation, Processor processor, Function<Outbox.Adding, T> work) {
        var lane = new LaneName(OutboxKind.FLOW, incarnation, "");
        return outbox.adding(List.of(new Outlet(lane, processor.lambdaArn())), work);
    }

    /// Adds to the batch of a new message that it is to be run through a flow.
    ///
    /// @param at the event's position
    void hold(Outbox.Adding adding, Batch batch, Channel channel, Message message, boolean persistent, ChannelFlow flow,
            EventPosition at) {
        var run = new FlowRun.Waiting(MessageHeld.Change.CREATE, persistent, channel.arn().toString(), message,
                flow.inOrder(), newCallbackId(), List.of(), now());
        String incarnation = channel.incarnation();
        deadlines.put(batch, run.deadline(), incarnation, message.id().position());
        adding.putLanes(batch, MessageExport.place(message.id().position()));
        add(adding, batch, incarnation, run, at);
    }

    /// Has an edit wait for a flow.
    ///
    /// @param before the message's row as it was read
    /// @return false if the message has changed since then
    boolean holdEdit(Channel channel, ChannelFlow flow, byte[] before, Message.Edit edit) {
        String incarnation = channel.incarnation();
        Message old = Message.fromRow(before);
        Position position = old.id().position();
        Message held = old.with(edit);
        Message edited = held.shownTo(old.sender()).with((Message.Edit) null);
        byte[] earlier = FlowRunTables.row(storage, incarnation, position);
        var run = new FlowRun.Waiting(MessageHeld.Change.UPDATE, true, channel.arn().toString(), edited, flow.inOrder(),
                newCallbackId(), earlier == null ? List.of() : FlowRunTables.fromRow(earlier).spent(), now());
        var event = new MessageHeld(incarnation, MessageHeld.Change.UPDATE,
                Messages.snapshot(channel, held.shownTo(old.sender()), actors.identity(old.sender()), true));
        return holding(incarnation, run.processor(), adding -> {
            announce(adding, incarnation, run);
            return adding.written(order.next(at -> {
                Batch batch = MessageLog.replacement(incarnation, old.id(), before, held);
                FlowRunTables.require(batch, incarnation, position, earlier);
                add(adding, batch, incarnation, run, at);
                return changes.submit(MissedMessages.editHeld(incarnation, old.id(), at), batch,
                        () -> events.publish(at, event));
            }));
        });
    }

    private static void add(Outbox.Adding adding, Batch batch, String incarnation, FlowRun.Waiting run,
            EventPosition at) {
        Position position = run.message().id().position();
        FlowRunTables.put(batch, incarnation, position, run);
        adding.put(batch, MessageExport.place(position), at, () -> new RowWriter(SUBJECT_VERSION)
                .number(position.micros())
                .text(run.callbackId())
                .toBytes());
    }

    /// Makes durable what must be found again of a turn before it begins in a batch with conditions.
    private void announce(Outbox.Adding adding, String incarnation, FlowRun.Waiting run) {
        Position position = run.message().id().position();
        var announcement = new Batch();
        deadlines.put(announcement, run.deadline(), incarnation, position);
        adding.putLanes(announcement, MessageExport.place(position));
        storage.commit(announcement);
    }

    /// A processor has called back.
    ///
    /// @param deny whether the message is not to be sent
    /// @throws Refused with [Refusal#NOT_ALLOWED] if nobody waits for that or it is too late, or with [Refusal#CONFLICT] if
    ///         it was called back before
    void answer(String channelArn, String callbackId, String messageId, boolean deny, Replacement replacement) {
        events.requireRoom();
        Channel channel = ChannelArn.parse(channelArn).map(channels::find).orElse(null);
        MessageId id = MessageId.parse(messageId).orElse(null);
        if (channel == null || id == null) {
            throw new Refused(Refusal.NOT_ALLOWED);
        }
        boolean answered = false;
        while (!answered) {
            byte[] before = FlowRunTables.row(storage, channel.incarnation(), id.position());
            FlowRun.Waiting run = awaiting(before, messageId, callbackId);
            replacement.check();
            var held = new Held(channel, run, before == null ? new byte[0] : before);
            Message processed = run.message().replaced(replacement);
            if (deny) {
                answered = deny(held);
            } else {
                answered = run.isLast() ? send(held, processed) : passOn(held, processed);
            }
        }
    }

    private FlowRun.Waiting awaiting(byte @Nullable [] row, String messageId, String callbackId) {
        FlowRun run = row == null ? null : FlowRunTables.fromRow(row);
        Standing.require(run != null && run.messageId().equals(messageId));
        if (run == null || run.spent().contains(callbackId)) {
            throw new Refused(Refusal.CONFLICT, "The callback was made before.");
        }
        return switch (run) {
            case FlowRun.Waiting waiting when waiting.callbackId().equals(callbackId)
                    && !clock.instant().isAfter(waiting.deadline()) ->
                waiting;
            case FlowRun.Waiting _,FlowRun.Ended _ -> throw new Refused(Refusal.NOT_ALLOWED);
        };
    }

    @Override
    public void deliver(OutboxEntry entry) throws DeliveryFailed {
        Held held = held(entry);
        if (held != null) {
            FlowRun.Waiting run = held.run();
            MessageSnapshot message = Messages.snapshot(held.channel(), run.message(),
                    actors.identity(run.message().sender()), run.persistent());
            processors.invoke(run.processor().lambdaArn(), held.channel().arn().appInstance(),
                    FlowShapes.event(run.callbackId(), message));
        }
    }

    @Override
    public void giveUp(OutboxEntry entry, String reason) {
        for (Held held = held(entry); held != null; held = held(entry)) {
            FlowRun.Waiting run = held.run();
            boolean done = switch (run.processor().fallback()) {
                case ABORT -> fail(held);
                case CONTINUE -> run.isLast() ? send(held, run.message()) : passOn(held, run.message());
            };
            if (done) {
                alert(run, reason);
                return;
            }
        }
    }

    /// Ends the runs whose processors have not called back in time, and forgets those that ended long ago.
    public void endOverdue() {
        Instant now = clock.instant();
        deadlines.due(now, (incarnation, position) -> endIfOverdue(incarnation, position, now));
    }

    /// @param now the time up to which deadlines are forgotten after this, whatever the clock says by then
    private void endIfOverdue(String incarnation, Position position, Instant now) {
        byte[] before = FlowRunTables.row(storage, incarnation, position);
        while (before != null) {
            boolean done = switch (FlowRunTables.fromRow(before)) {
                case FlowRun.Waiting run when !now.isBefore(run.deadline()) -> endOverdue(incarnation, run, before);
                case FlowRun.Ended ended when !now.isBefore(ended.until()) -> forget(incarnation, position, before);
                case FlowRun.Waiting _,FlowRun.Ended _ -> true;
            };
            if (done) {
                return;
            }
            before = FlowRunTables.row(storage, incarnation, position);
        }
    }

    private boolean endOverdue(String incarnation, FlowRun.Waiting run, byte[] before) {
        Channel channel = channel(incarnation, run);
        boolean done = channel == null || fail(new Held(channel, run, before));
        if (done && channel != null) {
            alert(run, NO_ANSWER);
        }
        return done;
    }

    private boolean forget(String incarnation, Position position, byte[] before) {
        var batch = new Batch();
        FlowRunTables.require(batch, incarnation, position, before);
        FlowRunTables.delete(batch, incarnation, position);
        return storage.commit(batch);
    }

    /// Removes what somebody sent that is on its way through the flow, or has been.
    void erase(String incarnation, UserArn sender) {
        heads.forEachBucket(incarnation, bucket -> {
            FlowRunTables.forEachWaiting(storage, incarnation, bucket, runs -> {
                var removal = new Batch();
                runs.filter(run -> run.message().sender().equals(sender))
                        .forEach(run -> FlowRunTables.delete(removal, incarnation, run.message().id().position()));
                if (!removal.writes().isEmpty()) {
                    storage.commit(removal);
                }
            });
        });
    }

    /// A run, as it was read.
    ///
    /// @param row what the store had of the run
    private record Held(Channel channel, FlowRun.Waiting run, byte[] row) {

        String incarnation() {
            return channel.incarnation();
        }

        MessageId id() {
            return run.message().id();
        }

        Position position() {
            return id().position();
        }

        UserArn sender() {
            return run.message().sender();
        }

        boolean isEdit() {
            return run.change() == MessageHeld.Change.UPDATE;
        }

        /// What those outside are told has happened once it has come through.
        MessageExport.Kind exported() {
            return isEdit() ? MessageExport.Kind.UPDATE : MessageExport.Kind.CREATE;
        }
    }

    /// The run that an entry is of; null if its processor's turn is over.
    private @Nullable Held held(OutboxEntry entry) {
        var subject = new RowReader(entry.subject(), SUBJECT_VERSION);
        var position = new Position(subject.number());
        String callbackId = subject.text();
        byte[] row = FlowRunTables.row(storage, entry.channel(), position);
        if (row == null || !(FlowRunTables.fromRow(row) instanceof FlowRun.Waiting run)
                || !run.callbackId().equals(callbackId)) {
            return null;
        }
        Channel channel = channel(entry.channel(), run);
        return channel == null ? null : new Held(channel, run, row);
    }

    /// The channel of a run; null if it is gone, whatever has its ARN now.
    private @Nullable Channel channel(String incarnation, FlowRun.Waiting run) {
        return ChannelArn.parse(run.channelArn())
                .map(channels::find)
                .filter(channel -> channel.incarnation().equals(incarnation))
                .orElse(null);
    }

    private boolean passOn(Held held, Message processed) {
        FlowRun.Waiting next = held.run().next(processed, newCallbackId(), now());
        return holding(held.incarnation(), next.processor(), adding -> {
            announce(adding, held.incarnation(), next);
            return adding.written(order.next(at -> {
                var batch = new Batch();
                FlowRunTables.require(batch, held.incarnation(), held.position(), held.row());
                add(adding, batch, held.incarnation(), next, at);
                return storage.submit(batch, () -> {
                });
            }));
        });
    }

    private boolean send(Held held, Message processed) {
        if (!held.run().persistent()) {
            Message sent = processed.with((Message.Passage) null);
            var event = new ChannelEvent.MessageCreated(held.incarnation(), snapshot(held, sent));
            return outbox.adding(told(held, sent), adding -> end(held, event, sent, adding));
        }
        MessageSnapshot shown = snapshot(held, processed);
        if (held.isEdit()) {
            return end(held, told(held, processed), (old, at) -> new Ending(processed.changedAt(at),
                    MissedMessages.changed(held.incarnation(), held.id(), at),
                    new ChannelEvent.MessageUpdated(held.incarnation(), shown)));
        }
        show(held, processed);
        return end(held, told(held, processed), (old, at) -> new Ending(
                processed.with(new Message.Passage(Message.Status.SENT, null, at)),
                MissedMessages.processed(held.incarnation(), held.id(), at),
                new ChannelEvent.MessageCreated(held.incarnation(), shown)));
    }

    /// Moves what the channel's members know of its last message, before the message is shown: whoever crashes in between
    /// leaves what a deleted message leaves.
    private void show(Held held, Message message) {
        UserArn target = message.target();
        if (target == null) {
            Sequencer.Turn turn = sequencer.turn(held.incarnation());
            // Asked once the turn is there to be closed: a channel that is deleted from now on closes it.
            Standing.require(channels.find(held.channel().reference()) != null);
            turn.show(held.position(), head -> {
                // The position that was given last may have been the first of its bucket, and not have been stored.
                var batch = new Batch();
                ChannelHeads.record(batch, held.incarnation(), head, true);
                var shown = storage.submit(batch, () -> {
                });
                if (shown.isCompletedExceptionally()) {
                    Commits.await(shown);
                }
            });
        } else {
            heads.raiseTargeted(held.incarnation(), held.position(), target);
            heads.raiseTargeted(held.incarnation(), held.position(), message.sender());
        }
    }

    private boolean deny(Held held) {
        MessageSnapshot denied = snapshot(held, held.run().message(), "DENIED", null);
        var event = new MessageHeld(held.incarnation(), held.run().change(), denied);
        if (!held.run().persistent()) {
            return end(held, event);
        }
        return end(held, (old, at) -> held.isEdit()
                ? new Ending(old.with((Message.Edit) null), MissedMessages.editDenied(held.incarnation(), old.id(), at),
                        event)
                : new Ending(null, MissedMessages.denied(held.incarnation(), old, at), event));
    }

    private boolean fail(Held held) {
        MessageSnapshot failed = snapshot(held, held.run().message(), Message.Status.FAILED.name(), FAILED);
        var event = new MessageHeld(held.incarnation(), held.run().change(), failed);
        if (!held.run().persistent()) {
            return end(held, event);
        }
        return end(held, (old, at) -> {
            Message.Edit edit = old.edit();
            return held.isEdit()
                    ? new Ending(edit == null ? old : old.with(edit.failed(FAILED)),
                            MissedMessages.editHeld(held.incarnation(), old.id(), at), event)
                    : new Ending(old.with(new Message.Passage(Message.Status.FAILED, FAILED, at)),
                            MissedMessages.processed(held.incarnation(), old.id(), at), event);
        });
    }

    /// How a run ends.
    ///
    /// @param after the message then; null if it is no more
    /// @param note for those who were away
    private record Ending(@Nullable Message after, Batch note, ChannelEvent event) {
    }

    /// Tells how a run ends, from the stored message and the position of the event. Called in the turn of that position, so
    /// that it must not read the store.
    @FunctionalInterface
    private interface Conclusion {
        Ending at(Message old, EventPosition position);
    }

    /// Those outside who are to hear of a message that has come through.
    private List<Outlet> told(Held held, Message processed) {
        return outlets.of(held.channel(), MessageOutlets.Event.of(held.exported(), processed));
    }

    private boolean end(Held held, Conclusion conclusion) {
        return end(held, List.of(), conclusion);
    }

    private boolean end(Held held, List<Outlet> told, Conclusion conclusion) {
        return outbox.adding(told, adding -> {
            adding.announce(MessageExport.place(held.position()));
            return adding.written(end(held, conclusion, adding));
        });
    }

    private CompletableFuture<Boolean> end(Held held, Conclusion conclusion, Outbox.Adding adding) {
        byte[] before = log.row(held.incarnation(), held.id());
        if (before == null) {
            // Removed meanwhile, with its channel's old messages or with all of its sender's.
            return endRun(held, new Batch(), () -> {
            });
        }
        Message old = Message.fromRow(before);
        return order.next(at -> {
            Ending ending = conclusion.at(old, at);
            Message after = ending.after();
            Batch batch = after == null
                    ? MessageLog.removal(held.incarnation(), held.id(), before)
                    : MessageLog.replacement(held.incarnation(), held.id(), before, after);
            addEnd(held, batch);
            if (after != null) {
                MessageExport.put(adding, batch, at, held.exported(), held.channel(), true, after);
            }
            return changes.submit(ending.note(), batch, () -> events.publish(at, ending.event()));
        });
    }

    /// Ends the run of a message that is stored nowhere else.
    private boolean end(Held held, ChannelEvent event) {
        return Commits.await(endRun(held, new Batch(), () -> events.publishUnstored(event)));
    }

    private boolean end(Held held, ChannelEvent event, Message sent, Outbox.Adding adding) {
        adding.announce(MessageExport.place(held.position()));
        return adding.written(order.next(at -> {
            var batch = new Batch();
            MessageExport.put(adding, batch, at, held.exported(), held.channel(), false, sent);
            return endRun(held, batch, () -> events.publishUnstored(event));
        }));
    }

    private CompletableFuture<Boolean> endRun(Held held, Batch batch, Runnable committed) {
        addEnd(held, batch);
        return storage.submit(batch, committed);
    }

    /// A run whose time has passed leaves nothing: whoever calls back is too late, and nobody would look at it again.
    private void addEnd(Held held, Batch batch) {
        FlowRunTables.require(batch, held.incarnation(), held.position(), held.row());
        if (clock.instant().isBefore(held.run().deadline())) {
            FlowRunTables.put(batch, held.incarnation(), held.position(), held.run().end());
        } else {
            FlowRunTables.delete(batch, held.incarnation(), held.position());
        }
    }

    private MessageSnapshot snapshot(Held held, Message message) {
        return snapshot(held, message, Message.Status.SENT.name(), null);
    }

    private MessageSnapshot snapshot(Held held, Message message, String status, @Nullable String detail) {
        return Messages.snapshot(held.channel().arn(), message, actors.identity(held.sender()),
                held.run().persistent(), status, detail);
    }

    private void alert(FlowRun.Waiting run, String reason) {
        Processor processor = run.processor();
        var detail = new LinkedHashMap<String, String>();
        detail.put("eventType", "ProcessorInvocationFailure");
        detail.put("appInstanceArn",
                ChannelArn.parse(run.channelArn()).map(arn -> arn.appInstance().toString()).orElse(""));
        detail.put("channelArn", run.channelArn());
        detail.put("messageId", run.messageId());
        detail.put("processorResourceArn", processor.lambdaArn());
        detail.put("failureReason", reason);
        alerts.raise(new Alert("Chime ChannelFlow Processing Status", detail));
    }

    private static String newCallbackId() {
        return UUID.randomUUID().toString();
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }
}
