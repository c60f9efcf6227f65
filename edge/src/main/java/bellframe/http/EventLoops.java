package bellframe.http;

import bellframe.sessions.Lane;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The threads that read and write every connection, each of them one [Lane].
public final class EventLoops implements AutoCloseable {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private final Transport transport;
    private final EventLoopGroup group;
    private final List<Lane> lanes;
    private final Map<EventExecutor, Lane> lanesByLoop;

    private EventLoops(Transport transport, EventLoopGroup group, Map<EventExecutor, Lane> lanesByLoop) {
        this.transport = transport;
        this.group = group;
        this.lanesByLoop = lanesByLoop;
        this.lanes = List.copyOf(lanesByLoop.values());
    }

    /// Starts the threads.
    ///
    /// @param count how many threads; as many as processors is a good start
    public static EventLoops start(Transport transport, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("eventLoops is " + count + ", allowed: 1 or more");
        }
        if (!transport.available()) {
            throw new IllegalArgumentException("transport " + transport + " is not available on this machine");
        }
        var group = new MultiThreadIoEventLoopGroup(
                count, new DefaultThreadFactory("event-loop"), transport.handlers());
        var lanes = new HashMap<EventExecutor, Lane>();
        group.forEach(loop -> lanes.put(loop, loop::execute));
        return new EventLoops(transport, group, lanes);
    }

    /// One lane per event loop.
    public List<Lane> lanes() {
        return lanes;
    }

    /// The lane of the event loop a channel lives on.
    public Lane lane(EventLoop loop) {
        Lane lane = lanesByLoop.get(loop);
        if (lane == null) {
            throw new IllegalArgumentException("not one of these event loops: " + loop);
        }
        return lane;
    }

    /// The event loops themselves, for work that a loop does for its own connections.
    public List<EventLoop> all() {
        var loops = new ArrayList<EventLoop>();
        group.forEach(executor -> loops.add((EventLoop) executor));
        return loops;
    }

    EventLoopGroup group() {
        return group;
    }

    Class<? extends ServerChannel> serverChannel() {
        return transport.serverChannel();
    }

    /// Closes every connection that is left and ends the threads, within three seconds.
    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
