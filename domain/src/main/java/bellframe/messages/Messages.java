package bellframe.messages;

import bellframe.changes.ChangeLog;
import bellframe.changes.EventOrder;
import bellframe.channels.Action;
import bellframe.channels.Channel;
import bellframe.channels.ChannelHeads;
import bellframe.channels.Channels;
import bellframe.channels.Memberships;
import bellframe.channels.Standing;
import bellframe.events.ChannelEvent;
import bellframe.events.EventDispatcher;
import bellframe.events.MessageSnapshot;
import bellframe.flows.ChannelFlow;
import bellframe.identity.Actors;
import bellframe.identity.Bearer;
import bellframe.names.ChannelArn;
import bellframe.names.EventPosition;
import bellframe.names.Identity;
import bellframe.names.MessageId;
import bellframe.names.UserArn;
import bellframe.outbox.Outbox;
import bellframe.outbox.Outlet;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Page;
import bellframe.storage.Batch;
import bellframe.storage.Commit;
import bellframe.storage.Storage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Sends messages, reads them back and changes them.
///
/// Sending: role and sizes are checked, the token is looked up, the channel's turn gives a position and queues one batch
/// with message, token and head; the commit makes it durable, publishes the event, and the sender hears of it.
public final class Messages {

    /// A page of messages, and where it goes on.
    record Listing(Page<Message> page, Function<Message, MessageSnapshot> snapshots) {
    }

    /// How many messages are looked at for the newest that a member may see.
    private static final int LOOKED_AT_MAX = 500;

    /// How many messages are erased before their events must have been told.
    private static final int ERASED_AT_ONCE = 200;

    private final Storage storage;
    private final Channels channels;
    private final Memberships memberships;
    private final MessageHistory history;
    private final Actors actors;
    private final EventOrder order;
    private final ChangeLog changes;
    private final EventDispatcher events;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final MessageLog log;
    private final Sequencer sequencer;
    private final MessageFlows flows;
    private final Outbox outbox;
    private final MessageOutlets outlets;
    private final SendTokens tokens;

    public Messages(Storage storage, Channels channels, Memberships memberships, ChannelHeads heads,
            MessageHistory history, Actors actors, EventOrder order, ChangeLog changes,
            EventDispatcher events, Sequencer sequencer, MessageFlows flows, Outbox outbox,
            MessageOutlets outlets, InstantSource clock, RandomGenerator random) {
        this.storage = storage;
        this.channels = channels;
        this.memberships = memberships;
        this.history = history;
        this.actors = actors;
        this.order = order;
        this.changes = changes;
        this.events = events;
        this.clock = clock;
        this.random = random;
        this.log = new MessageLog(storage, heads);
        this.sequencer = sequencer;
        this.flows = flows;
        this.outbox = outbox;
        this.outlets = outlets;
        this.tokens = new SendTokens(storage, heads);
    }

    /// Sends a message, once per token, or has it wait for the channel's flow.
    ///
    /// @throws Refused if the bearer may not send there, the message is too large, or the token was used for another
    Sent send(Bearer bearer, String channelArn, NewMessage draft, String token) {
        events.requireRoom();
        Standing standing = channels.standing(bearer, channelArn);
        standing.require(Action.SEND_MESSAGE);
        draft.check();
        String incarnation = standing.channel().incarnation();
        requireMember(incarnation, draft.target());
        Sequencer.Turn turn = sequencer.turn(incarnation);
        // Asked once the turn is there to be closed: a channel that is deleted from now on closes it.
        Standing.require(channels.find(standing.channel().reference()) != null);
        var claim = new SendTokens.Claim(incarnation, bearer.arn(), token);
        byte[] fingerprint = draft.fingerprint();
        ChannelFlow flow = flows.of(standing.channel(), draft.type());
        return tokens.once(claim, fingerprint, turn::recentBuckets, () -> {
            if (flow != null) {
                return hold(standing, turn, draft, claim, fingerprint, flow);
            }
            var event = MessageOutlets.Event.creation(draft, bearer.arn());
            return outbox.adding(outlets.of(standing.channel(), event), adding -> {
                if (draft.persistent()) {
                    return store(standing, turn, draft, claim, fingerprint, adding);
                }
                return adding.isForNobody()
                        ? tell(standing, turn, draft, claim, fingerprint)
                        : export(standing, turn, draft, claim, fingerprint, adding);
            });
        });
    }

    /// Has a bot say something, once per token, as if it had sent it itself.
    ///
    /// @throws Refused as [#send] does
    public void say(Bearer bot, String channelArn, BotMessage message, String token) {
        send(bot, channelArn, message.draft(), token);
    }

    /// @throws Refused with [Refusal#NOT_FOUND] if there is no such message that the bearer may see
    MessageSnapshot get(Bearer bearer, String channelArn, String messageId) {
        Standing standing = channels.standing(bearer, channelArn);
        standing.require(Action.READ_MESSAGES);
        Message message = find(standing, messageId);
        if (message == null) {
            throw new Refused(Refusal.NOT_FOUND, "The message does not exist.");
        }
        return snapshot(standing, message.shownTo(bearer.arn()));
    }

    /// @param range which messages; its ends bound the CreatedTimestamp
    Listing list(Bearer bearer, String channelArn, MessageLog.Range range, byte @Nullable [] cursor, int limit) {
        Standing standing = channels.standing(bearer, channelArn);
        standing.require(Action.READ_MESSAGES);
        MessageLog.Range shown = range.notBefore(history.oldestShown(standing.channel()));
        Page<Message> page = log.list(standing.channel().incarnation(), shown.behind(cursor), limit)
                .map(message -> message.isVisibleTo(bearer.arn()) ? message : null);
        return new Listing(page, message -> snapshot(standing, message.shownTo(bearer.arn())));
    }

    /// The newest messages that a member may see, newest first; with a next page if there may be more.
    public Page<MessageSnapshot> newest(Channel channel, UserArn viewer, int limit) {
        var all = new MessageLog.Range(history.oldestShown(channel), MessageLog.Range.END, true);
        return Page.matching(null, limit, LOOKED_AT_MAX,
                (cursor, rows) -> log.list(channel.incarnation(), all.behind(cursor), rows),
                message -> message.isVisibleTo(viewer)
                        ? snapshot(channel, message.shownTo(viewer))
                        : null);
    }

    /// A message of the bearer's own, as only its sender may ask for its status.
    MessageSnapshot getOwn(Bearer bearer, String channelArn, String messageId) {
        Standing standing = channels.anyStanding(bearer, channelArn);
        Message message = find(standing, messageId);
        standing.require(Action.GET_MESSAGE_STATUS, message == null ? null : message.sender());
        if (message == null) {
            throw new Refused(Refusal.NOT_ALLOWED);
        }
        return snapshot(standing, message.shownTo(bearer.arn()));
    }

    /// Replaces the content of a message of the bearer's own, or has that wait for the channel's flow; null leaves content,
    /// metadata or content type as they are.
    ///
    /// @return [Message.Status#PENDING] if it waits
    Message.Status update(Bearer bearer, String channelArn, String messageId, @Nullable String content,
            @Nullable String metadata, @Nullable String contentType) {
        Standing standing = channels.standing(bearer, channelArn);
        Channel channel = standing.channel();
        return change(standing, messageId, (before, old) -> {
            standing.require(Action.UPDATE_MESSAGE, old.sender());
            NewMessage.requireSizes(old.type(), content, metadata);
            if (old.redacted()) {
                throw new Refused(Refusal.CONFLICT, "The message is redacted.");
            }
            Instant when = changeTime(old);
            ChannelFlow flow = flows.of(channel, old.type());
            if (flow == null) {
                Message edited = old.edited(content, metadata, contentType, when).with((Message.Edit) null);
                return replace(channel, before, edited, MessageExport.Kind.UPDATE, ChannelEvent.MessageUpdated::new)
                        ? Message.Status.SENT
                        : null;
            }
            var edit = new Message.Edit(content, metadata, contentType, when, Message.Status.PENDING, null);
            return flows.holdEdit(channel, flow, before, edit) ? Message.Status.PENDING : null;
        });
    }

    /// Takes the content away for good. A redacted message stays as it is.
    void redact(Bearer bearer, String channelArn, String messageId) {
        Standing standing = channels.standing(bearer, channelArn);
        change(standing, messageId, (before, old) -> {
            standing.require(Action.REDACT_MESSAGE, old.sender());
            boolean done = old.redacted() || replace(standing.channel(), before, old.withoutContent(changeTime(old)),
                    MessageExport.Kind.REDACT, ChannelEvent.MessageRedacted::new);
            return done ? Message.Status.SENT : null;
        });
    }

    /// Removes the message; only admins may, and they may remove messages they cannot see. A message that is not there
    /// is as good as removed.
    void delete(Bearer bearer, String channelArn, String messageId) {
        events.requireRoom();
        Standing standing = channels.standing(bearer, channelArn);
        standing.require(Action.DELETE_MESSAGE);
        MessageId.parse(messageId).ifPresent(id -> remove(standing.channel(), id, message -> {
            requireSent(message, Refusal.NOT_ALLOWED);
        }));
    }

    /// Sends nothing to a channel any more, which is gone; what was on its way is stored when this returns.
    public void close(String incarnation) {
        sequencer.close(incarnation);
        // Batches are written in order.
        storage.commit(new Batch());
    }

    /// Removes everything that somebody sent to a channel, what of it was on its way through the flow, and the tokens it was
    /// sent with.
    ///
    /// @return how many messages were removed
    public int eraseSender(Channel channel, UserArn sender) {
        List<MessageId> sent = log.sentBy(channel.incarnation(), sender);
        int removed = 0;
        for (MessageId id : sent) {
            remove(channel, id, _ -> {
            });
            removed++;
            if (removed % ERASED_AT_ONCE == 0) {
                events.awaitTold();
            }
        }
        events.awaitTold();
        flows.erase(channel.incarnation(), sender);
        tokens.erase(channel.incarnation(), sender);
        return sent.size();
    }

    /// @param check refuses what must not be removed
    private void remove(Channel channel, MessageId id, Consumer<Message> check) {
        String incarnation = channel.incarnation();
        byte[] before = log.row(incarnation, id);
        while (before != null) {
            Message message = Message.fromRow(before);
            check.accept(message);
            if (remove(channel, message, before)) {
                return;
            }
            before = log.row(incarnation, id);
        }
    }

    private boolean remove(Channel channel, Message message, byte[] before) {
        String incarnation = channel.incarnation();
        Message emptied = message.emptied();
        var event = new ChannelEvent.MessageDeleted(incarnation, snapshot(channel, emptied));
        // Of what did not come through its flow nobody outside ever heard.
        List<Outlet> told = message.status() == Message.Status.SENT
                ? outlets.of(channel, MessageOutlets.Event.of(MessageExport.Kind.DELETE, emptied))
                : List.of();
        return outbox.adding(told, adding -> {
            adding.announce(MessageExport.place(message.id().position()));
            return adding.written(order.next(position -> {
                Batch removal = MessageLog.removal(incarnation, message.id(), before);
                MessageExport.put(adding, removal, position, MessageExport.Kind.DELETE, channel, true, emptied);
                return changes.submit(MissedMessages.deleted(incarnation, message, position), removal,
                        () -> events.publish(position, event));
            }));
        });
    }

    private record Queued(Sent sent, Commit commit) {
    }

    private Sent store(Standing standing, Sequencer.Turn turn, NewMessage draft, SendTokens.Claim claim,
            byte[] fingerprint, Outbox.Adding adding) {
        var tail = MessageId.Tail.draw(random);
        Queued queued = turn.next(position -> order.next(at -> {
            var message = message(standing, draft, MessageId.create(position, tail), at);
            var sent = new Sent(message.id(), false, fingerprint);
            var batch = new Batch();
            MessageLog.put(batch, claim.incarnation(), message);
            SendTokens.put(batch, claim, sent);
            ChannelHeads.record(batch, claim.incarnation(), turn.headAt(position, draft.target() == null),
                    turn.isNewBucket(position));
            var event = new ChannelEvent.MessageCreated(claim.incarnation(),
                    snapshot(standing.channel(), message, standing.bearer().identity(), true));
            if (draft.target() != null) {
                ChannelHeads.recordTargeted(batch, claim.incarnation(), position, message.sender(), draft.target());
            }
            adding.putLanes(batch, MessageExport.place(position));
            MessageExport.put(adding, batch, at, MessageExport.Kind.CREATE, standing.channel(), true, message);
            return new Queued(sent, storage.enqueue(batch, () -> {
                turn.recorded(position);
                events.publish(at, event);
            }));
        }));
        queued.commit().await();
        return queued.sent();
    }

    private Sent hold(Standing standing, Sequencer.Turn turn, NewMessage draft, SendTokens.Claim claim,
            byte[] fingerprint, ChannelFlow flow) {
        var tail = MessageId.Tail.draw(random);
        return flows.holding(claim.incarnation(), flow.inOrder().getFirst(), adding -> {
            Queued queued = turn.next(position -> order.next(at -> {
                var message = Message.first(MessageId.create(position, tail), standing.bearer().arn(), draft, at, true);
                var sent = new Sent(message.id(), true, fingerprint);
                var batch = new Batch();
                if (draft.persistent()) {
                    MessageLog.put(batch, claim.incarnation(), message);
                }
                SendTokens.put(batch, claim, sent);
                ChannelHeads.record(batch, claim.incarnation(), turn.headAt(position, false),
                        turn.isNewBucket(position));
                flows.hold(adding, batch, standing.channel(), message, draft.persistent(), flow, at);
                var event = new ChannelEvent.MessageHeld(claim.incarnation(), ChannelEvent.MessageHeld.Change.CREATE,
                        snapshot(standing.channel(), message, standing.bearer().identity(), draft.persistent()));
                return new Queued(sent, storage.enqueue(batch, () -> {
                    turn.recorded(position);
                    events.publish(at, event);
                }));
            }));
            queued.commit().await();
            return queued.sent();
        });
    }

    private Sent tell(Standing standing, Sequencer.Turn turn, NewMessage draft, SendTokens.Claim claim,
            byte[] fingerprint) {
        var tail = MessageId.Tail.draw(random);
        return turn.next(position -> {
            var message = message(standing, draft, MessageId.create(position, tail), EventPosition.START);
            var sent = new Sent(message.id(), false, fingerprint);
            tokens.remember(claim, sent);
            events.publishUnstored(new ChannelEvent.MessageCreated(claim.incarnation(),
                    snapshot(standing.channel(), message, standing.bearer().identity(), false)));
            return sent;
        });
    }

    /// Sends a message that is stored nowhere but in the outbox.
    private Sent export(Standing standing, Sequencer.Turn turn, NewMessage draft, SendTokens.Claim claim,
            byte[] fingerprint, Outbox.Adding adding) {
        var tail = MessageId.Tail.draw(random);
        Queued queued = turn.next(position -> order.next(at -> {
            var message = message(standing, draft, MessageId.create(position, tail), EventPosition.START);
            var event = new ChannelEvent.MessageCreated(claim.incarnation(),
                    snapshot(standing.channel(), message, standing.bearer().identity(), false));
            var batch = new Batch();
            adding.putLanes(batch, MessageExport.place(position));
            MessageExport.put(adding, batch, at, MessageExport.Kind.CREATE, standing.channel(), false, message);
            return new Queued(new Sent(message.id(), false, fingerprint),
                    storage.enqueue(batch, () -> events.publishUnstored(event)));
        }));
        queued.commit().await();
        tokens.remember(claim, queued.sent());
        return queued.sent();
    }

    private static Message message(Standing standing, NewMessage draft, MessageId id, EventPosition sent) {
        return Message.first(id, standing.bearer().arn(), draft, sent, false);
    }

    private void requireMember(String incarnation, @Nullable UserArn target) {
        if (target != null) {
            Standing.require(memberships.find(incarnation, target) != null && actors.find(target) != null);
        }
    }

    private @Nullable Message find(Standing standing, String messageId) {
        byte[] row = row(standing, messageId);
        Message message = row == null ? null : Message.fromRow(row);
        return message == null || !message.isVisibleTo(standing.bearer().arn()) ? null : message;
    }

    private byte @Nullable [] row(Standing standing, String messageId) {
        MessageId id = MessageId.parse(messageId).orElse(null);
        return id == null || id.position().compareTo(history.oldestShown(standing.channel())) < 0
                ? null
                : log.row(standing.channel().incarnation(), id);
    }

    /// Something that is done to a stored message.
    @FunctionalInterface
    private interface Change {

        /// @param before the message's row as it was read
        /// @return null if the message has changed since then
        Message.@Nullable Status attempt(byte[] before, Message old);
    }

    /// Changes a message that the bearer may see, as if nobody else changed it meanwhile.
    private Message.Status change(Standing standing, String messageId, Change change) {
        events.requireRoom();
        Message.Status done = null;
        while (done == null) {
            byte[] before = row(standing, messageId);
            if (before == null) {
                throw new Refused(Refusal.NOT_ALLOWED);
            }
            Message old = Message.fromRow(before);
            Standing.require(old.isVisibleTo(standing.bearer().arn()));
            requireSent(old, Refusal.CONFLICT);
            done = change.attempt(before, old);
        }
        return done;
    }

    /// Only what has come through the channel's flow may be changed, and only one change at a time may be on its way.
    private static void requireSent(Message message, Refusal refusal) {
        if (message.isPending() || message.status() == Message.Status.FAILED) {
            throw new Refused(refusal, "The message, or an edit of it, has not come through the channel flow.");
        }
    }

    private boolean replace(Channel channel, byte[] before, Message changed, MessageExport.Kind kind,
            BiFunction<String, MessageSnapshot, ChannelEvent> event) {
        String incarnation = channel.incarnation();
        ChannelEvent told = event.apply(incarnation, snapshot(channel, changed));
        return outbox.adding(outlets.of(channel, MessageOutlets.Event.of(kind, changed)), adding -> {
            adding.announce(MessageExport.place(changed.id().position()));
            return adding.written(order.next(position -> {
                Message after = changed.changedAt(position);
                Batch replacement = MessageLog.replacement(incarnation, changed.id(), before, after);
                MessageExport.put(adding, replacement, position, kind, channel, true, after);
                return changes.submit(MissedMessages.changed(incarnation, changed.id(), position), replacement,
                        () -> events.publish(position, told));
            }));
        });
    }

    /// Now, but never before the last change.
    private Instant changeTime(Message message) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        return now.isBefore(message.updated()) ? message.updated() : now;
    }

    private MessageSnapshot snapshot(Standing standing, Message message) {
        return snapshot(standing.channel(), message);
    }

    private MessageSnapshot snapshot(Channel channel, Message message) {
        return snapshot(channel, message, actors.identity(message.sender()), true);
    }

    static MessageSnapshot snapshot(Channel channel, Message message, Identity sender, boolean persistent) {
        return snapshot(channel.arn(), message, sender, persistent);
    }

    static MessageSnapshot snapshot(ChannelArn channel, Message message, Identity sender, boolean persistent) {
        Message.Edit edit = message.edit();
        Message.Passage passage = message.passage();
        String detail = passage == null ? null : passage.detail();
        return edit == null
                ? snapshot(channel, message, sender, persistent, message.status().name(), detail)
                : snapshot(channel, message, sender, persistent, edit.status().name(), edit.detail());
    }

    static MessageSnapshot snapshot(ChannelArn channel, Message message, Identity sender, boolean persistent,
            String status,
            @Nullable String statusDetail) {
        UserArn target = message.target();
        return new MessageSnapshot(channel.toString(), message.id().text(), message.type().name(),
                persistent, message.content(), message.metadata(), message.contentType(), message.attributes(),
                target == null ? null : target.toString(), sender, message.redacted(),
                message.id().position().timestamp(), message.updated(), message.edited(), status, statusDetail);
    }
}
