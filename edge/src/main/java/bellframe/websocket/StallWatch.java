package bellframe.websocket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Notices a client that takes none of the bytes that wait for it, however few they are.
///
/// Watches only while something waits: an idle connection has no timer. Confined to the event loop.
final class StallWatch {

    /// How often progress is looked for within the limit.
    private static final int LOOKS = 5;

    private final Channel channel;
    private final Duration limit;
    private final Runnable stalled;
    private @Nullable Future<?> next;
    /// Bytes handed to the channel so far, those of TLS not counted.
    private long handed;
    private long taken;
    private long progress;
    private int looksWithoutProgress;

    /// @param stalled runs when nothing was taken for `limit`
    StallWatch(Channel channel, Duration limit, Runnable stalled) {
        this.channel = channel;
        this.limit = limit;
        this.stalled = stalled;
    }

    /// Bytes were written to the channel.
    void handed(int bytes) {
        handed += bytes;
    }

    /// The channel was flushed; what is left waits for the client.
    void flushed() {
        if (next == null && waiting() > 0) {
            look();
            looksWithoutProgress = 0;
            again();
        }
    }

    void stop() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }

    private void again() {
        next = channel.eventLoop().schedule(this::check, limit.toNanos() / LOOKS, TimeUnit.NANOSECONDS);
    }

    private void check() {
        next = null;
        if (waiting() == 0) {
            return;
        }
        looksWithoutProgress = look() ? 0 : looksWithoutProgress + 1;
        if (looksWithoutProgress >= LOOKS) {
            stalled.run();
        } else {
            again();
        }
    }

    /// Whether the client has taken something since the last look. What TLS adds to frames that wait makes it look as if less
    /// had been taken, so the frame on its way tells as well.
    private boolean look() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        long takenNow = handed - waiting();
        long progressNow = buffer == null ? 0 : buffer.currentProgress();
        boolean moved = takenNow > taken || progressNow != progress;
        taken = takenNow;
        progress = progressNow;
        return moved;
    }

    private long waiting() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }
}
