package bellframe.streaming;

import bellframe.channels.Channel;
import bellframe.channels.Channels;
import bellframe.channels.MemberChannel;
import bellframe.identity.Actors;
import bellframe.messages.MessageExport;
import bellframe.messages.MessageHistory;
import bellframe.names.AppInstanceArn;
import bellframe.names.ChannelArn;
import bellframe.outbox.DeliveryFailed;
import bellframe.rows.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Appends the messages that are stored to a stream once more, as they are now: for whoever wants in a stream what was sent
/// before there was one.
///
/// It does so in parts that take a few seconds each, one record after the other, so that whoever wants all of it asks again
/// and nothing is left to do when nobody asks. Records go straight to the stream, past the outbox: each channel's oldest
/// first, but before or behind what happens in it meanwhile.
public final class StreamReplay {

    private static final Duration PART = Duration.ofSeconds(3);
    private static final int READ_ROWS = 100;

    /// Which messages.
    ///
    /// @param channel null for all channels of the app instance
    /// @param notBefore CreatedTimestamps begin with this one; null for the oldest message
    /// @param notAfter CreatedTimestamps end with this one; null for the newest message
    public record Selection(
            AppInstanceArn appInstance,
            @Nullable ChannelArn channel,
            @Nullable Instant notBefore,
            @Nullable Instant notAfter) {
    }

    /// What came of a part.
    ///
    /// @param appended how many records the stream took
    /// @param refused how many it will never take
    /// @param next where to go on; null if all is done
    /// @param failure why the part ended before its time; null if it did not
    public record Part(long appended, long refused, @Nullable ReplayPoint next, @Nullable String failure) {
    }

    private final Channels channels;
    private final MessageHistory history;
    private final Actors actors;
    private final StreamSinks sinks;
    private final LongSupplier nanoTime;

    public StreamReplay(Channels channels, MessageHistory history, Actors actors, StreamSinks sinks,
            LongSupplier nanoTime) {
        this.channels = channels;
        this.history = history;
        this.actors = actors;
        this.sinks = sinks;
        this.nanoTime = nanoTime;
    }

    /// Appends the next part. What was appended before a failure is not in the part that goes on from there.
    ///
    /// @param after where the part before ended; null for the first one
    public Part append(Selection selection, String stream, @Nullable ReplayPoint after) {
        return new Appending(selection, stream).from(after == null ? ReplayPoint.START : after);
    }

    /// One part under way. Confined to the thread of whoever asked for it.
    private final class Appending {

        private final Selection selection;
        private final String stream;
        private final long end = nanoTime.getAsLong() + PART.toNanos();
        private long appended;
        private long refused;

        Appending(Selection selection, String stream) {
            this.selection = selection;
            this.stream = stream;
        }

        Part from(ReplayPoint begin) {
            ReplayPoint at = begin;
            while (at != null && !isOver()) {
                Page<MemberChannel> page = page(at);
                for (MemberChannel reference : page.items()) {
                    byte[] done = reference.incarnation().equals(at.incarnation()) ? at.message() : null;
                    Part ended = append(reference, at, done);
                    if (ended != null) {
                        return ended;
                    }
                }
                at = next(at.privacy(), page.next());
            }
            return new Part(appended, refused, at, null);
        }

        /// The channel at a point, if there is one.
        private Page<MemberChannel> page(ReplayPoint at) {
            if (selection.channel() == null) {
                return channels.listed(selection.appInstance(), at.privacy(), at.channel(), 1);
            }
            Channel channel = at.privacy() == ReplayPoint.START.privacy() ? channels.find(selection.channel()) : null;
            return new Page<>(channel == null ? List.of() : List.of(channel.reference()), null);
        }

        /// Private channels come behind public ones.
        private @Nullable ReplayPoint next(Channel.Privacy privacy, byte @Nullable [] cursor) {
            if (cursor != null) {
                return ReplayPoint.of(privacy, cursor);
            }
            return switch (privacy) {
                case PUBLIC -> ReplayPoint.of(Channel.Privacy.PRIVATE, null);
                case PRIVATE -> null;
            };
        }

        /// Appends what is left of a channel.
        ///
        /// @param done the cursor behind what of it is done
        /// @return how the part ended; null if it goes on with the next channel
        private @Nullable Part append(MemberChannel reference, ReplayPoint at, byte @Nullable [] done) {
            Channel channel = channels.find(reference);
            byte[] last = done;
            byte[] cursor;
            do {
                Page<MessageExport> page = channel == null
                        ? new Page<>(List.of(), null)
                        : history.exports(channel, selection.notBefore(), selection.notAfter(), last, READ_ROWS);
                for (MessageExport export : page.items()) {
                    if (isOver()) {
                        return new Part(appended, refused, at.within(reference.incarnation(), last), null);
                    }
                    String failure = put(export);
                    if (failure != null) {
                        return new Part(appended, refused, at.within(reference.incarnation(), last), failure);
                    }
                    last = export.cursor();
                }
                cursor = page.next();
                last = cursor;
            } while (cursor != null && !isOver());
            return cursor == null
                    ? null
                    : new Part(appended, refused, at.within(reference.incarnation(), cursor), null);
        }

        /// @return why the stream did not take the record now; null if it did, or never will
        private @Nullable String put(MessageExport export) {
            try {
                sinks.put(stream, export.channel().toString(),
                        StreamShapes.record(export.kind(), export.snapshot(actors.identity(export.sender()))));
                appended++;
            } catch (DeliveryFailed failure) {
                if (!failure.permanent()) {
                    return failure.reason();
                }
                refused++;
            }
            return null;
        }

        private boolean isOver() {
            return nanoTime.getAsLong() - end >= 0;
        }
    }
}
