package bellframe.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Fails a test class that lost a buffer. Put it on the class before anything that touches Netty.
public final class NoLeaks implements BeforeAllCallback, AfterAllCallback {

    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger SENTINELS = new AtomicInteger();

    static {
        // Netty's buffer classes ask the factory once, when they are loaded.
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new RecordingFactory());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    }

    /// Loses a buffer on purpose and looks until the detector has noticed it: by then it has noticed all others.
    @Override
    public void afterAll(ExtensionContext context) {
        String sentinel = "lost on purpose #" + SENTINELS.incrementAndGet();
        lose(sentinel);
        long start = System.nanoTime();
        while (LEAKS.stream().noneMatch(leak -> leak.contains(sentinel))) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
            System.gc();
            // The detector looks for lost buffers when the next one is made.
            ByteBufAllocator.DEFAULT.directBuffer(1).release();
        }
        assertThat(LEAKS).allMatch(leak -> leak.contains("lost on purpose"));
    }

    private static void lose(String hint) {
        ByteBuf lost = ByteBufAllocator.DEFAULT.directBuffer(1);
        lost.touch(hint);
    }

    private static final class RecordingFactory extends ResourceLeakDetectorFactory {

        @Override
        @SuppressWarnings("deprecation")
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> type, int interval, long maxActive) {
            return new RecordingDetector<>(type, interval);
        }
    }

    private static final class RecordingDetector<T> extends ResourceLeakDetector<T> {

        RecordingDetector(Class<?> type, int interval) {
            super(type, interval);
        }

        @Override
        protected void reportTracedLeak(String type, String records) {
            LEAKS.add(type + records);
        }

        @Override
        protected void reportUntracedLeak(String type) {
            LEAKS.add(type);
        }

        @Override
        protected boolean needReport() {
            return true;
        }
    }
}
