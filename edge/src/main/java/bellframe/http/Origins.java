package bellframe.http;

import bellframe.credentials.Origin;
import bellframe.credentials.SignedRequest;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/// Tells where requests come from.
final class Origins {

    private static final String UNKNOWN = "0.0.0.0";

    private Origins() {
    }

    static Origin of(Channel channel, SignedRequest request) {
        List<String> agents = request.headers().getOrDefault("user-agent", List.of());
        return new Origin(address(channel.remoteAddress()), channel.pipeline().get(SslHandler.class) != null,
                agents.isEmpty() ? null : agents.getFirst());
    }

    private static String address(SocketAddress address) {
        return address instanceof InetSocketAddress socket && !socket.isUnresolved()
                ? socket.getAddress().getHostAddress()
                : UNKNOWN;
    }
}
