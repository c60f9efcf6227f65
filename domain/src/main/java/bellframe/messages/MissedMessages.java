package bellframe.messages;

import bellframe.changes.Change;
import bellframe.changes.ChangeLog;
import bellframe.changes.Gap;
import bellframe.changes.MissedEvents;
import bellframe.channels.Channel;
import bellframe.channels.ChannelHeads;
import bellframe.events.ChannelEvent;
import bellframe.events.ChannelEvent.MessageHeld;
import bellframe.events.MessageSnapshot;
import bellframe.identity.Actors;
import bellframe.names.EventPosition;
import bellframe.names.MessageId;
import bellframe.names.Position;
import bellframe.names.UserArn;
import bellframe.rows.Page;
import bellframe.storage.Batch;
import bellframe.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what somebody missed of a channel's messages.
///
/// Whoever was away is told of a message once and as it is now: of one that was sent meanwhile that it was created, of an
/// older one that it was updated, redacted or deleted.
public final class MissedMessages {

    /// How many messages are read at first, and then at a time: mostly there is none or few.
    private static final int FIRST_ROWS = 1;
    private static final int ROWS = 200;
    /// How many messages of a channel are looked at, among them those that the viewer may not see.
    private static final int LOOKED_AT_MAX = 20_000;

    private final MessageHistory history;
    private final Actors actors;
    private final MessageLog log;

    public MissedMessages(Storage storage, ChannelHeads heads, MessageHistory history, Actors actors) {
        this.history = history;
        this.actors = actors;
        this.log = new MessageLog(storage, heads);
    }

    static Batch changed(String channel, MessageId message, EventPosition position) {
        return note(channel, position, Change.Kind.MESSAGE_CHANGED, message);
    }

    /// A message came through the flow, or failed there.
    static Batch processed(String channel, MessageId message, EventPosition position) {
        return note(channel, position, Change.Kind.MESSAGE_PROCESSED, message);
    }

    static Batch denied(String channel, Message message, EventPosition position) {
        var note = new Batch();
        ChangeLog.note(note, channel, new Change(position, Change.Kind.MESSAGE_DENIED, message.emptied().toRow()));
        return note;
    }

    /// An edit of a message waits for the flow, or failed there.
    static Batch editHeld(String channel, MessageId message, EventPosition position) {
        return note(channel, position, Change.Kind.EDIT_HELD, message);
    }

    static Batch editDenied(String channel, MessageId message, EventPosition position) {
        return note(channel, position, Change.Kind.EDIT_DENIED, message);
    }

    private static Batch note(String channel, EventPosition position, Change.Kind kind, MessageId message) {
        var note = new Batch();
        ChangeLog.note(note, channel, new Change(position, kind, message.text().getBytes(StandardCharsets.US_ASCII)));
        return note;
    }

    static Batch deleted(String channel, Message message, EventPosition position) {
        var note = new Batch();
        ChangeLog.note(note, channel,
                new Change(position, Change.Kind.MESSAGE_DELETED, message.emptied().toRow()));
        return note;
    }

    /// Adds what was sent, and what of it that was sent before was changed or deleted.
    ///
    /// @param changes what happened in the channel in the gap, and behind it, in order
    public void find(Channel channel, UserArn viewer, List<Change> changes, MissedEvents missed) {
        Gap gap = missed.gap();
        findSent(channel, viewer, missed);
        // Apart, for of a change and a deletion at once the one that failed may have the later position.
        Set<String> seenChanged = new HashSet<>();
        Set<String> seenDeleted = new HashSet<>();
        Set<String> seenEdits = new HashSet<>();
        for (Change change : missed.lastFirst(changes)) {
            switch (change.kind()) {
                case MESSAGE_CHANGED -> {
                    String id = text(change);
                    if (seenChanged.add(id)) {
                        missed.add(change.position(), () -> changed(channel, viewer, gap, id));
                    }
                }
                case MESSAGE_PROCESSED -> missed.add(change.position(), () -> processed(channel, viewer, change));
                case MESSAGE_DENIED -> {
                    var message = Message.fromRow(change.what());
                    if (message.sender().equals(viewer) && !isHidden(message, channel)) {
                        missed.add(change.position(), () -> denied(channel, message));
                    }
                }
                case EDIT_HELD -> {
                    String id = text(change);
                    if (seenEdits.add(id)) {
                        missed.add(change.position(), () -> editHeld(channel, viewer, id));
                    }
                }
                case EDIT_DENIED -> {
                    String id = text(change);
                    if (seenEdits.add(id)) {
                        missed.add(change.position(), () -> editDenied(channel, viewer, id));
                    }
                }
                case MESSAGE_DELETED -> {
                    var message = Message.fromRow(change.what());
                    if (seenDeleted.add(message.id().text()) && isToBeDeleted(message, channel, viewer, gap)) {
                        missed.add(change.position(), () -> deleted(channel, message));
                    }
                }
                default -> {
                    // Of memberships, which others tell about.
                }
            }
        }
    }

    private void findSent(Channel channel, UserArn viewer, MissedEvents missed) {
        var range = new MessageLog.Range(history.oldestShown(channel), MessageLog.Range.END, true);
        int rows = FIRST_ROWS;
        int lookedAt = 0;
        byte[] cursor = null;
        do {
            Page<Message> page = log.list(channel.incarnation(), range.behind(cursor), rows);
            for (Message message : page.items()) {
                if (!message.sent().isAfter(missed.gap().after())) {
                    return;
                }
                Position place = message.id().position();
                boolean held = message.status() == Message.Status.PENDING;
                // What came through a flow later than it was sent, or failed there, is told with the changes.
                if (message.isVisibleTo(viewer) && (held || message.passage() == null)) {
                    missed.add(message.sent(), () -> created(channel, place, message.status()));
                }
            }
            cursor = page.next();
            lookedAt += page.items().size();
            rows = ROWS;
            if (lookedAt > LOOKED_AT_MAX) {
                missed.giveUp();
            }
        } while (cursor != null && !missed.isTooMany());
    }

    private static String text(Change change) {
        return new String(change.what(), StandardCharsets.US_ASCII);
    }

    /// Of a message that has come through the flow meanwhile its passage is told.
    private @Nullable ChannelEvent created(Channel channel, Position place, Message.Status then) {
        Message message = log.at(channel.incarnation(), place);
        return message == null || message.status() != then ? null : created(channel, message);
    }

    /// An edit that waits, or failed, is told with the changes.
    private ChannelEvent created(Channel channel, Message message) {
        return message.status() == Message.Status.SENT
                ? new ChannelEvent.MessageCreated(channel.incarnation(), withoutEdit(channel, message))
                : new MessageHeld(channel.incarnation(), MessageHeld.Change.CREATE, snapshot(channel, message));
    }

    /// Of those who wanted to end a passage at the same time one did.
    private @Nullable ChannelEvent processed(Channel channel, UserArn viewer, Change change) {
        Message message = find(channel, viewer, text(change));
        Message.Passage passage = message == null ? null : message.passage();
        return message == null || passage == null || !change.position().equals(passage.ended())
                ? null
                : created(channel, message);
    }

    /// @return null if the message is still there: that denial came too late
    private @Nullable ChannelEvent denied(Channel channel, Message message) {
        return log.row(channel.incarnation(), message.id()) != null
                ? null
                : new MessageHeld(channel.incarnation(), MessageHeld.Change.CREATE,
                        Messages.snapshot(channel.arn(), message, actors.identity(message.sender()), true, "DENIED",
                                null));
    }

    private @Nullable ChannelEvent editHeld(Channel channel, UserArn viewer, String messageId) {
        Message message = find(channel, viewer, messageId);
        return message == null || message.edit() == null || !message.sender().equals(viewer)
                ? null
                : new MessageHeld(channel.incarnation(), MessageHeld.Change.UPDATE,
                        snapshot(channel, message.shownTo(viewer)));
    }

    private @Nullable ChannelEvent editDenied(Channel channel, UserArn viewer, String messageId) {
        Message message = find(channel, viewer, messageId);
        return message == null || message.edit() != null || !message.sender().equals(viewer)
                ? null
                : new MessageHeld(channel.incarnation(), MessageHeld.Change.UPDATE, Messages.snapshot(channel.arn(),
                        message, actors.identity(message.sender()), true, "DENIED", null));
    }

    /// A message that the viewer may see; null if it is not there.
    private @Nullable Message find(Channel channel, UserArn viewer, String messageId) {
        byte[] row = log.row(channel.incarnation(), MessageId.parse(messageId).orElseThrow());
        Message message = row == null ? null : Message.fromRow(row);
        return message == null || !message.isVisibleTo(viewer) || isHidden(message, channel) ? null : message;
    }

    private @Nullable ChannelEvent changed(Channel channel, UserArn viewer, Gap gap, String messageId) {
        Message message = find(channel, viewer, messageId);
        if (message == null || message.shownSince().isAfter(gap.after()) || !isChangedIn(gap, message)) {
            return null;
        }
        var snapshot = withoutEdit(channel, message);
        return message.redacted()
                ? new ChannelEvent.MessageRedacted(channel.incarnation(), snapshot)
                : new ChannelEvent.MessageUpdated(channel.incarnation(), snapshot);
    }

    /// What was changed again behind the gap is told then.
    private static boolean isChangedIn(Gap gap, Message message) {
        EventPosition changed = message.changed();
        return changed != null && gap.contains(changed);
    }

    private boolean isToBeDeleted(Message message, Channel channel, UserArn viewer, Gap gap) {
        EventPosition known = viewer.equals(message.sender()) ? message.sent() : message.shownSince();
        return message.isVisibleTo(viewer) && !known.isAfter(gap.after()) && !isHidden(message, channel);
    }

    /// @return null if the message is still there: that deletion failed
    private @Nullable ChannelEvent deleted(Channel channel, Message message) {
        return log.row(channel.incarnation(), message.id()) != null
                ? null
                : new ChannelEvent.MessageDeleted(channel.incarnation(), snapshot(channel, message));
    }

    private boolean isHidden(Message message, Channel channel) {
        return message.id().position().compareTo(history.oldestShown(channel)) < 0;
    }

    private MessageSnapshot withoutEdit(Channel channel, Message message) {
        return snapshot(channel, message.with((Message.Edit) null));
    }

    private MessageSnapshot snapshot(Channel channel, Message message) {
        return Messages.snapshot(channel, message, actors.identity(message.sender()), true);
    }
}
