package bellframe.messages;

import bellframe.changes.Change;
import bellframe.changes.ChangeLog;
import bellframe.changes.Gap;
import bellframe.changes.MissedEvents;
import bellframe.channels.Channel;
import bellframe.channels.ChannelHeads;
import bellframe.events.ChannelEvent;
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
        var note = new Batch();
        ChangeLog.note(note, channel, new Change(position, Change.Kind.MESSAGE_CHANGED,
                message.text().getBytes(StandardCharsets.US_ASCII)));
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
        for (Change change : missed.lastFirst(changes)) {
            switch (change.kind()) {
                case MESSAGE_CHANGED -> {
                    String id = new String(change.what(), StandardCharsets.US_ASCII);
                    if (seenChanged.add(id)) {
                        missed.add(change.position(), () -> changed(channel, viewer, gap, id));
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
                if (message.isVisibleTo(viewer)) {
                    missed.add(message.sent(), () -> created(channel, place));
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

    private @Nullable ChannelEvent created(Channel channel, Position place) {
        Message message = log.at(channel.incarnation(), place);
        return message == null
                ? null
                : new ChannelEvent.MessageCreated(channel.incarnation(), snapshot(channel, message));
    }

    private @Nullable ChannelEvent changed(Channel channel, UserArn viewer, Gap gap, String messageId) {
        byte[] row = log.row(channel.incarnation(), MessageId.parse(messageId).orElseThrow());
        Message message = row == null ? null : Message.fromRow(row);
        if (message == null || !message.isVisibleTo(viewer) || message.sent().isAfter(gap.after())
                || isHidden(message, channel) || !isChangedIn(gap, message)) {
            return null;
        }
        var snapshot = snapshot(channel, message);
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
        return message.isVisibleTo(viewer) && !message.sent().isAfter(gap.after()) && !isHidden(message, channel);
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

    private MessageSnapshot snapshot(Channel channel, Message message) {
        return Messages.snapshot(channel, message, actors.identity(message.sender()), true);
    }
}
