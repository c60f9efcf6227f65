package bellframe.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts the open connections, and bounds those of one address; remembers nothing of addresses without one.
final class OpenConnections {

    private final int perAddressMax;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> byNetwork = new ConcurrentHashMap<>();
    private final Counter refused;

    /// @param perAddressMax 0 for any number
    OpenConnections(int perAddressMax, MeterRegistry metrics) {
        this.perAddressMax = perAddressMax;
        this.refused = Counter.builder("bellframe.connections.refused")
                .description("Connections closed at once, since their address had as many as one may have")
                .register(metrics);
        Gauge.builder("bellframe.connections", all, AtomicInteger::get)
                .description("Open connections, HTTP and WebSocket")
                .strongReference(true)
                .register(metrics);
    }

    /// Counts a connection until it is closed.
    void opened(Channel channel) {
        all.incrementAndGet();
        channel.closeFuture().addListener(_ -> all.decrementAndGet());
    }

    /// Counts a connection for its address too, until it is closed.
    ///
    /// @return false if the address has as many as it may
    boolean admit(Channel channel, InetAddress network) {
        if (perAddressMax == 0) {
            return true;
        }
        if (byNetwork.merge(network, 1, Integer::sum) > perAddressMax) {
            left(network);
            refused.increment();
            return false;
        }
        channel.closeFuture().addListener(_ -> left(network));
        return true;
    }

    private void left(InetAddress network) {
        byNetwork.computeIfPresent(network, (_, connections) -> connections == 1 ? null : connections - 1);
    }
}
