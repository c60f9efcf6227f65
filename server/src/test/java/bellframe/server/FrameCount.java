package bellframe.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts the frames that hold a text, whichever sessions they come to, and notes when the last of them came.
final class FrameCount {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final ByteBuf text;
    private final AtomicInteger missing;
    private final CompletableFuture<Long> last = new CompletableFuture<>();
    /// Where the text was in the last frame: frames of one event are alike, so that few have to be searched.
    private volatile int place;

    /// @param text in ASCII, and in no frame that is not to be counted
    /// @param frames how many are waited for
    FrameCount(String text, int frames) {
        this.text = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        this.missing = new AtomicInteger(frames);
    }

    void see(ByteBuf payload) {
        if (holds(payload) && missing.decrementAndGet() == 0) {
            last.complete(System.nanoTime());
        }
    }

    private boolean holds(ByteBuf payload) {
        int length = text.readableBytes();
        int start = payload.readerIndex();
        if (payload.readableBytes() >= place + length && ByteBufUtil.equals(payload, start + place, text, 0, length)) {
            return true;
        }
        int found = ByteBufUtil.indexOf(text.duplicate(), payload);
        if (found >= 0) {
            place = found - start;
        }
        return found >= 0;
    }

    /// Waits for the last frame.
    ///
    /// @return when it came, in the nanoseconds of this process's clock
    long awaitLast() {
        return last.copy().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }
}
