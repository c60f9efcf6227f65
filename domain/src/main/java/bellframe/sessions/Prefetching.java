package bellframe.sessions;

import bellframe.channels.Channel;
import bellframe.names.UserArn;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Tells clients that have connected about their channels, beside the events that come in meanwhile.
///
/// Each client has one frame on its way at most, so that one which reads slowly has no more bytes waiting for it than
/// otherwise.
final class Prefetching {

    /// Where the details of one client go.
    @FunctionalInterface
    interface Receiver {

        /// Sends a frame about a channel if the client still belongs to it.
        ///
        /// @return completed once the frame has left, or will not
        CompletableFuture<@Nullable Void> send(String channel, Frame frame);
    }

    private final Prefetch prefetch;
    private final FrameEncoder encoder;
    private final Telling telling;

    Prefetching(Prefetch prefetch, FrameEncoder encoder, Telling telling) {
        this.prefetch = prefetch;
        this.encoder = encoder;
        this.telling = telling;
    }

    /// Tells a client; returns when the last frame has left.
    void tell(UserArn user, PrefetchOrder order, Connection connection, Receiver receiver)
            throws InterruptedException {
        for (Channel channel : telling.read(() -> prefetch.choose(user, order))) {
            if (!connection.isOpen()) {
                return;
            }
            ChannelDetails details = telling.<@Nullable ChannelDetails>read(() -> prefetch.details(channel, user));
            if (details != null) {
                send(channel.incarnation(), details, receiver);
            }
        }
    }

    private void send(String channel, ChannelDetails details, Receiver receiver) throws InterruptedException {
        Frame frame = encoder.encode(EventShapes.channelDetails(details));
        try {
            Telling.await(receiver.send(channel, frame));
        } finally {
            frame.release();
        }
    }
}
