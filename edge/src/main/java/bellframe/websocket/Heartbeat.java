package bellframe.websocket;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Makes the connections of one event loop beat once per interval, a share of them at a time.
///
/// One task for all of them: a timer per connection would cost more memory than an idle connection should. Except for
/// the constructor, confined to the event loop.
final class Heartbeat {

    private static final int SHARES = 30;

    private final List<Set<WebSocketConnection>> shares = IntStream.range(0, SHARES)
            .mapToObj(_ -> (Set<WebSocketConnection>) new HashSet<WebSocketConnection>())
            .toList();
    private int current;

    Heartbeat(EventLoop loop, Duration interval) {
        long nanos = Math.max(1, interval.toNanos() / SHARES);
        // With a fixed rate, a machine that wakes from sleep would catch up and cut off clients that had no time to answer.
        loop.scheduleWithFixedDelay(this::beatNext, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /// Adds a connection and returns its share, which [#remove] wants back; its first beat comes one interval from now.
    int add(WebSocketConnection connection) {
        shares.get(current).add(connection);
        return current;
    }

    void remove(WebSocketConnection connection, int share) {
        shares.get(share).remove(connection);
    }

    private void beatNext() {
        current = (current + 1) % SHARES;
        // A beat may end a connection, which then leaves.
        List.copyOf(shares.get(current)).forEach(WebSocketConnection::beat);
    }
}
