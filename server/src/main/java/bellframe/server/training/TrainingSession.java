package bellframe.server.training;

import java.io.IOException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A messaging session, whose frames are only counted.
final class TrainingSession implements WebSocket.Listener, AutoCloseable {

    private static final Duration FRAME_LIMIT = Duration.ofSeconds(30);

    private final Semaphore frames = new Semaphore(0);
    private volatile @Nullable WebSocket socket;

    /// Waits for the next frame that has not been waited for.
    void awaitFrame() throws IOException, InterruptedException {
        if (!frames.tryAcquire(FRAME_LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IOException("the session got no frame");
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        if (last) {
            frames.release();
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        WebSocket open = socket;
        if (open != null) {
            open.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }
    }
}
