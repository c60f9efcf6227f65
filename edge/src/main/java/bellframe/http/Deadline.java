package bellframe.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The moment by which something must have happened on a connection; confined to its event loop.
///
/// Moving it later, as most requests do, costs a field write: the scheduled check finds out when it fires.
final class Deadline {

    private final EventExecutor loop;
    private final Runnable expired;
    private boolean armed;
    private long atNanos;
    private long checkAtNanos;
    private @Nullable Future<?> check;

    Deadline(EventExecutor loop, Runnable expired) {
        this.loop = loop;
        this.expired = expired;
    }

    /// Sets the deadline, in place of any other.
    void in(Duration limit) {
        armed = true;
        atNanos = loop.ticker().nanoTime() + limit.toNanos();
        if (check == null) {
            scheduleCheck();
        } else if (atNanos - checkAtNanos < 0) {
            check.cancel(false);
            scheduleCheck();
        }
    }

    /// Takes the deadline away; what happens next may take its time.
    void clear() {
        armed = false;
    }

    /// Takes the deadline away for good.
    void cancel() {
        armed = false;
        if (check != null) {
            check.cancel(false);
            check = null;
        }
    }

    private void scheduleCheck() {
        checkAtNanos = atNanos;
        check = loop.schedule(this::check, atNanos - loop.ticker().nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void check() {
        check = null;
        if (!armed) {
            return;
        }
        if (atNanos - loop.ticker().nanoTime() > 0) {
            scheduleCheck();
        } else {
            armed = false;
            expired.run();
        }
    }
}
