package bellframe.sessions;

import bellframe.channels.Channel;
import bellframe.names.UserArn;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells clients that have connected about their channels, beside the events that come in meanwhile.
///
/// Each client has one frame on its way at most, so that one which reads slowly has no more bytes waiting for it than
/// otherwise, and only a few clients are read for at a time.
final class Prefetching implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Prefetching.class);

    /// How many clients the store is read for at a time; the others wait, while requests are served.
    private static final int READING_MAX = 8;
    private static final int CLOSE_LIMIT_SECONDS = 5;

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
    private final Semaphore reading = new Semaphore(READING_MAX, true);
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("prefetch-", 0).factory());

    Prefetching(Prefetch prefetch, FrameEncoder encoder) {
        this.prefetch = prefetch;
        this.encoder = encoder;
    }

    /// Begins to tell a client; returns at once.
    void start(UserArn user, PrefetchOrder order, Connection connection, Receiver receiver) {
        threads.execute(() -> {
            try {
                tell(user, order, connection, receiver);
            } catch (InterruptedException stopped) {
                log.debug("the server stops, {} is not told the rest of its channels", user);
            } catch (RuntimeException failure) {
                log.error("the channels of {} could not be told", user, failure);
                // It cannot know what is missing, and gets everything when it comes back.
                connection.close(CloseReason.INTERNAL_ERROR);
            }
        });
    }

    private void tell(UserArn user, PrefetchOrder order, Connection connection, Receiver receiver)
            throws InterruptedException {
        for (Channel channel : read(() -> prefetch.choose(user, order))) {
            if (!connection.isOpen()) {
                return;
            }
            ChannelDetails details = this.<@Nullable ChannelDetails>read(() -> prefetch.details(channel, user));
            if (details != null) {
                send(channel.incarnation(), details, receiver);
            }
        }
    }

    private void send(String channel, ChannelDetails details, Receiver receiver) throws InterruptedException {
        Frame frame = encoder.encode(EventShapes.channelDetails(details));
        try {
            receiver.send(channel, frame).get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a frame could not be sent", failure);
        } finally {
            frame.release();
        }
    }

    private <T extends @Nullable Object> T read(Supplier<T> reader) throws InterruptedException {
        reading.acquire();
        try {
            return reader.get();
        } finally {
            reading.release();
        }
    }

    /// Tells nobody anything more; waits until nothing is read any more.
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                log.warn("clients are still being told about their channels");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
