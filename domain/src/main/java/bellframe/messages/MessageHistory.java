package bellframe.messages;

import bellframe.channels.Channel;
import bellframe.channels.ChannelHeads;
import bellframe.channels.LastMessages;
import bellframe.identity.RetentionSettings;
import bellframe.names.Position;
import bellframe.names.UserArn;
import bellframe.rows.Page;
import bellframe.storage.Storage;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What is left of a channel's messages: the last one that somebody may see, and the removal of those that were kept long
/// enough.
public final class MessageHistory implements LastMessages {

    /// How many messages are looked at for one of those wanted.
    private static final int LOOKED_AT_MAX = 1_000;
    private static final int READ_ROWS = 100;

    private final ChannelHeads heads;
    private final RetentionSettings retentions;
    private final MessageLog log;

    public MessageHistory(Storage storage, ChannelHeads heads, RetentionSettings retentions) {
        this.heads = heads;
        this.retentions = retentions;
        this.log = new MessageLog(storage, heads);
    }

    @Override
    public @Nullable Instant forAll(Channel channel) {
        Position last = heads.lastForAll(channel.incarnation());
        return last == null || last.compareTo(oldestShown(channel)) < 0 ? null : last.timestamp();
    }

    @Override
    public @Nullable Instant everForAll(Channel channel) {
        Position last = heads.lastForAll(channel.incarnation());
        return last == null ? null : last.timestamp();
    }

    @Override
    public @Nullable Instant forViewer(Channel channel, UserArn viewer) {
        String incarnation = channel.incarnation();
        Position last = lastShown(channel, viewer);
        if (last == null || log.has(incarnation, last)) {
            return last == null ? null : last.timestamp();
        }
        Message visible = newest(incarnation, new MessageLog.Range(oldestShown(channel), last, true),
                message -> message.isVisibleTo(viewer));
        return visible == null ? null : visible.id().position().timestamp();
    }

    /// When the last message that the viewer may see was created, which may have been deleted since; null if there is none.
    /// Cheaper than [#forViewer].
    public @Nullable Instant lastForViewer(Channel channel, UserArn viewer) {
        Position last = lastShown(channel, viewer);
        return last == null ? null : last.timestamp();
    }

    /// Whether somebody else sent a message that the viewer may see and has not read. Of many messages of the viewer's own
    /// only the newest [#LOOKED_AT_MAX] are looked at.
    ///
    /// @param readMarker until when the viewer has read; null for never
    public boolean hasUnread(Channel channel, UserArn viewer, @Nullable Instant readMarker) {
        Position oldest = oldestShown(channel);
        Position unread = readMarker == null ? oldest : Position.lastNotAfter(readMarker).next();
        return newest(channel.incarnation(), new MessageLog.Range(oldest, MessageLog.Range.END, true).notBefore(unread),
                message -> message.isVisibleTo(viewer) && !message.sender().equals(viewer)) != null;
    }

    /// What everybody who may see it sees of the messages that were created in a span of time and are still shown, oldest
    /// first: of each its present content, and nothing of those that did not come through a flow, or have not yet.
    ///
    /// @param notBefore CreatedTimestamps begin with this one; null for the oldest message
    /// @param notAfter CreatedTimestamps end with this one; null for the newest message
    /// @param cursor where the page before ended; null for the first one
    public Page<MessageExport> exports(Channel channel, @Nullable Instant notBefore, @Nullable Instant notAfter,
            byte @Nullable [] cursor, int limit) {
        Position first = notBefore == null ? MessageLog.Range.START : Position.firstNotBefore(notBefore);
        Position last = notAfter == null ? MessageLog.Range.END : Position.lastNotAfter(notAfter);
        MessageLog.Range range = new MessageLog.Range(first, last, false).notBefore(oldestShown(channel));
        return log.list(channel.incarnation(), range.behind(cursor), limit)
                .map(message -> message.status() == Message.Status.SENT
                        ? MessageExport.present(channel.arn(), message)
                        : null);
    }

    private @Nullable Position lastShown(Channel channel, UserArn viewer) {
        String incarnation = channel.incarnation();
        Position last = later(heads.lastForAll(incarnation), heads.lastTargeted(incarnation, viewer));
        return last == null || last.compareTo(oldestShown(channel)) < 0 ? null : last;
    }

    /// The first position whose message is still shown.
    Position oldestShown(Channel channel) {
        Instant horizon = retentions.horizon(channel.arn().appInstance());
        return horizon == null ? MessageLog.Range.START : Position.firstNotBefore(horizon);
    }

    /// Removes the messages of a channel from before a time for good.
    public void removeBefore(String incarnation, Instant time) {
        log.removeBefore(incarnation, Position.firstNotBefore(time));
    }

    private @Nullable Message newest(String incarnation, MessageLog.Range range, Predicate<Message> wanted) {
        MessageLog.Range rest = range;
        for (int lookedAt = 0; lookedAt < LOOKED_AT_MAX; lookedAt += READ_ROWS) {
            Page<Message> page = log.list(incarnation, rest, READ_ROWS);
            for (Message message : page.items()) {
                if (wanted.test(message)) {
                    return message;
                }
            }
            if (page.next() == null) {
                return null;
            }
            rest = range.behind(page.next());
        }
        return null;
    }

    private static @Nullable Position later(@Nullable Position one, @Nullable Position other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) > 0 ? one : other;
    }
}
